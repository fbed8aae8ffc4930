using System.Net.Sockets;
using System.Text;

namespace Seal.Ledger.Tests;

/// <summary>
/// Stands between the ledger and PostgreSQL on a Unix socket, and can cut the line at the worst moments of a commit, or keep a
/// commit in a line that the ledger sees cut, and bring it to the server later.
/// </summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private readonly string _server;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _loop;
    private int _answersToLose;
    private int _commitsToLose;
    private int _commitsToHold;
    private bool _deliversInFront;
    private (Socket Line, byte[] Commit, TaskCompletionSource<string> Answer)? _held;

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

    /// <summary>The next commit stays in the line: the ledger sees that cut, the server does not.</summary>
    /// <param name="deliversInFront">Whether it goes out in front of the commit after it; otherwise when <see cref="DeliverAsync"/> says so.</param>
    public void HoldNextCommit(bool deliversInFront)
    {
        _deliversInFront = deliversInFront;
        Volatile.Write(ref _commitsToHold, 1);
    }

    /// <summary>What the server said to the commit that was held: the text of its answer, between the bytes of the protocol.</summary>
    public Task<string> LateAnswer => _held!.Value.Answer.Task;

    /// <summary>Brings the commit that was held to the server.</summary>
    public async Task DeliverAsync()
    {
        var (line, commit, answer) = _held!.Value;
        await line.SendAsync(commit);
        await answer.Task;
    }

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
                PumpAsync(upstream, client, bytes => ValueTask.FromResult((Has(bytes, "COMMIT\0") && Take(ref _answersToLose)) || IsLate(upstream, bytes))),
                PumpAsync(client, upstream, async bytes => Has(bytes, "ledger.move_head") && (Take(ref _commitsToLose) || await HoldsAsync(upstream, bytes))));
            if (_held is { } held && held.Line == upstream)
            {
                client.Shutdown(SocketShutdown.Both);
                await held.Answer.Task;
            }
        }
    }

    private static bool Has(ReadOnlyMemory<byte> bytes, string text) => bytes.Span.IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    private async ValueTask<bool> HoldsAsync(Socket line, ReadOnlyMemory<byte> commit)
    {
        if (Take(ref _commitsToHold))
        {
            _held = (line, commit.ToArray(), new(TaskCreationOptions.RunContinuationsAsynchronously));
            return true;
        }

        if (_deliversInFront && _held is { Answer.Task.IsCompleted: false })
        {
            await DeliverAsync();
        }

        return false;
    }

    private bool IsLate(Socket line, ReadOnlyMemory<byte> answer) =>
        _held is { } held && held.Line == line && held.Answer.TrySetResult(Encoding.UTF8.GetString(answer.Span));

    private bool Take(ref int counter)
    {
        var taken = Interlocked.CompareExchange(ref counter, 0, 1) == 1;
        Cuts += taken ? 1 : 0;
        return taken;
    }

    private static async Task PumpAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, ValueTask<bool>> cut)
    {
        var buffer = new byte[1 << 20];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                if (await cut(buffer.AsMemory(0, read)))
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
}
