using System.Net.Sockets;
using System.Text;

namespace Seal.Ledger.Tests;

/// <summary>Stands between the ledger and PostgreSQL on a Unix socket, and can cut the line at the worst moments of a commit.</summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private readonly string _server;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _loop;
    private int _answersToLose;
    private int _commitsToLose;

    public LossyProxy(string serverDirectory)
    {
        _server = Path.Combine(serverDirectory, ".s.PGSQL.5432");
        Directory = TemporaryDirectory.New();
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(Directory, ".s.PGSQL.5432")));
        _listener.Listen();
        _loop = AcceptAsync();
    }

    /// <summary>The host to connect to.</summary>
    public string Directory { get; }

    public int Cuts { get; private set; }

    /// <summary>The next commit is made, but its answer never arrives.</summary>
    public void LoseNextAnswer() => Volatile.Write(ref _answersToLose, 1);

    /// <summary>The next commit never reaches the server.</summary>
    public void LoseNextCommit() => Volatile.Write(ref _commitsToLose, 1);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _loop;
        TemporaryDirectory.Delete(Directory);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        using (var upstream = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await upstream.ConnectAsync(new UnixDomainSocketEndPoint(_server));

            // CommandComplete of COMMIT, and the text of the statement that only the second round trip has.
            await Task.WhenAny(
                PumpAsync(upstream, client, bytes => bytes.IndexOf("COMMIT\0"u8) >= 0 && Take(ref _answersToLose)),
                PumpAsync(client, upstream, bytes => bytes.IndexOf(Encoding.ASCII.GetBytes("ledger.move_head")) >= 0 && Take(ref _commitsToLose)));
        }
    }

    private bool Take(ref int counter)
    {
        var taken = Interlocked.CompareExchange(ref counter, 0, 1) == 1;
        Cuts += taken ? 1 : 0;
        return taken;
    }

    private static async Task PumpAsync(Socket from, Socket to, Predicate<ReadOnlySpan<byte>> cut)
    {
        var buffer = new byte[1 << 20];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                if (cut(buffer.AsSpan(0, read)))
                {
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side was cut.
        }
    }

    /// <summary>Takes a span, which a lambda of the framework's own Func cannot.</summary>
    private delegate bool Predicate<T>(T value)
        where T : allows ref struct;
}
