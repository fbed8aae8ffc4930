using System.Net.Sockets;
using System.Text;

namespace Seal.Ledger.Tests;

/// <summary>Stands between the ledger and PostgreSQL on a Unix socket, and can cut the line at the worst moments of a commit.</summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private readonly string server;
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task loop;
    private int answersToLose;
    private int commitsToLose;

    public LossyProxy(string serverDirectory)
    {
        server = Path.Combine(serverDirectory, ".s.PGSQL.5432");
        Directory = TemporaryDirectory.New();
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(Directory, ".s.PGSQL.5432")));
        listener.Listen();
        loop = AcceptAsync();
    }

    /// <summary>The host to connect to.</summary>
    public string Directory { get; }

    public int Cuts { get; private set; }

    /// <summary>The next commit is made, but its answer never arrives.</summary>
    public void LoseNextAnswer() => Volatile.Write(ref answersToLose, 1);

    /// <summary>The next commit never reaches the server.</summary>
    public void LoseNextCommit() => Volatile.Write(ref commitsToLose, 1);

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await loop;
        TemporaryDirectory.Delete(Directory);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptAsync());
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
            await upstream.ConnectAsync(new UnixDomainSocketEndPoint(server));

            // CommandComplete of COMMIT, and the text of the statement that only the second round trip has.
            await Task.WhenAny(
                PumpAsync(upstream, client, bytes => bytes.IndexOf("COMMIT\0"u8) >= 0 && Take(ref answersToLose)),
                PumpAsync(client, upstream, bytes => bytes.IndexOf(Encoding.ASCII.GetBytes("insert into ledger.writers")) >= 0 && Take(ref commitsToLose)));
        }
    }

    private bool Take(ref int counter)
    {
        bool taken = Interlocked.CompareExchange(ref counter, 0, 1) == 1;
        Cuts += taken ? 1 : 0;
        return taken;
    }

    private static async Task PumpAsync(Socket from, Socket to, Predicate<ReadOnlySpan<byte>> cut)
    {
        byte[] buffer = new byte[1 << 20];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                if (cut(buffer.AsSpan(0, read)))
                    return;
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
