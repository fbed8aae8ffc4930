using System.Net;
using System.Net.Sockets;
using System.Text;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Notes;
using Seal.Ledger;
using Seal.Ledger.Merkle;
using Seal.Ledger.Witnessing;

namespace Seal.Cli.Tests.Witnessing;

/// <summary>A real witness process, spoken to as any log would.</summary>
public sealed class WitnessTests : IAsyncLifetime
{
    private const string Origin = "log.example/ledger";

    private readonly string _folder = Directory.CreateTempSubdirectory("seal-witness-").FullName;
    private readonly SoftwareKey _signer = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
    private readonly HttpClient _http = new();
    private WitnessProcess? _witness;

    private NoteKey LogKey => new(Origin, _signer);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StartAsync();

    public ValueTask DisposeAsync()
    {
        _witness?.Dispose();
        _http.Dispose();
        _signer.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_checkpoint_comes_back_with_a_cosignature_under_the_key_that_was_printed()
    {
        var (status, type, body) = await AddAsync(Request(0, 5));

        (status, type).ShouldBe((200, "text/plain"));
        body.ShouldStartWith("— witness.example/");
        body.ShouldEndWith("\n");
        var line = SignedNote.Parse(Checkpoint(5) + body).Signatures[^1];
        var key = CosignatureVerifier.Parse(_witness!.Key);
        (line.Name, line.KeyId).ShouldBe((key.Name, key.KeyId));
        key.Verify(Encoding.UTF8.GetBytes(Head(5).ToCheckpointText(Origin)), line.Signature.Span).ShouldBeTrue();
        (await AddAsync(Request(5, 300))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_key_is_for_its_owners_eyes_only_and_stays_the_same()
    {
        var first = _witness!.Key;
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_folder, "key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await _witness.StopAsync()).ShouldBe((0, ""));
        await StartAsync();
        _witness.Key.ShouldBe(first);
    }

    [Fact]
    public async Task A_witness_killed_at_any_moment_keeps_its_word()
    {
        long size = 0;
        for (var round = 0; round < 3; round++)
        {
            (await AddAsync(Request(size, size + 7))).Status.ShouldBe(200);
            size += 7;
            // A request is on its way while it dies: cosigned or not, what is told afterwards must fit what was told before.
            var last = TryAddAsync(Request(size, size + 1));
            await _witness!.KillAsync();
            var told = await last;
            await StartAsync();

            var (status, type, body) = await AddAsync(Request(0, size + 20, "other leaf"));
            (status, type).ShouldBe((409, "text/x.tlog.size"));
            var kept = long.Parse(body, System.Globalization.CultureInfo.InvariantCulture);
            kept.ShouldBeInRange(told == 200 ? size + 1 : size, size + 1);
            (await AddAsync(Request(kept, size + 20, "other leaf"))).Status.ShouldBe(422);
            (await AddAsync(Request(kept, size + 2))).Status.ShouldBe(200);
            size += 2;
        }
    }

    [Fact]
    public async Task Every_refusal_has_the_status_of_the_specification()
    {
        (await AddAsync(Request(0, 9))).Status.ShouldBe(200);
        using var stranger = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);

        (await AddAsync(Request(4, 9))).ShouldBe((409, "text/x.tlog.size", "9\n"));
        (await AddAsync(Request(9, 9, "other leaf"))).Status.ShouldBe(409);
        (await AddAsync(Request(9, 12, "other leaf"))).Status.ShouldBe(422);
        (await AddAsync(new AddCheckpoint(9, [], Checkpoint(4)).ToBody())).Status.ShouldBe(400);
        (await AddAsync(Rewrite(Request(9, 12), Origin + "\n", "log.example/other\n"))).Status.ShouldBe(404);
        (await AddAsync(new AddCheckpoint(9, [], Checkpoint(9, key: new NoteKey(Origin, stranger))).ToBody())).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Nonsense_is_refused_and_the_witness_lives_on()
    {
        var hash = Convert.ToBase64String(new byte[32]) + "\n";
        string[] bad =
        [
            "", "old 0\n", "new 0\n\n" + Checkpoint(5), "old zero\n\n" + Checkpoint(5), "old 1\n!!!\n\n" + Checkpoint(5), "old 1\nAAAA\n\n" + Checkpoint(5),
            "old 1\n" + string.Concat(Enumerable.Repeat(hash, 64)) + "\n" + Checkpoint(5), "old 0\n\n" + Checkpoint(5)[..^30], "old 0\n\n" + Checkpoint(5) + "— x !!!\n",
            "old 0\r\n\r\n" + Checkpoint(5), new string('\n', 5000), "{}",
        ];
        foreach (var body in bad)
        {
            (await AddAsync(Encoding.UTF8.GetBytes(body))).Status.ShouldBe(400, body);
        }

        (await AddAsync([0xff, 0xfe, 0x0a, 0x0a])).Status.ShouldBe(400);
        (await AddAsync(new byte[AddCheckpoint.MaximumLength + 1])).Status.ShouldBe(413);
        (await RawAsync("POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 99999999999\r\n\r\n")).ShouldStartWith("HTTP/1.1 413");
        (await RawAsync("POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: -1\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
        (await RawAsync("GET /add-checkpoint HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 405");
        (await RawAsync("POST / HTTP/1.1\r\nHost: w\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 404");
        (await AddAsync(Request(0, 5))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_witness_that_cannot_start_says_why()
    {
        var second = await SealCommand.Run("witness", "--listen", "127.0.0.1:0", "--state", Path.Combine(_folder, "state"), "--key", Path.Combine(_folder, "key"), "--log", $"{LogKey.Verifier}");
        second.ExitCode.ShouldBe(3, second.ToString());
        second.Errors.ShouldStartWith("seal: the witness cannot start: ");

        string[] fine = ["witness", "--state", Path.Combine(_folder, "other"), "--key", Path.Combine(_folder, "other-key")];
        (await SealCommand.Run([.. fine, "--listen", "127.0.0.1:0", "--log", _witness!.Key])).ExitCode.ShouldBe(3, "the key of a witness is no log's");
        (await SealCommand.Run([.. fine, "--listen", "everywhere", "--log", $"{LogKey.Verifier}"])).ExitCode.ShouldBe(3);
        (await SealCommand.Run([.. fine, "--listen", new Uri(_witness.Url).Authority, "--log", $"{LogKey.Verifier}"])).ExitCode.ShouldBe(3, "the port is taken");
        await File.WriteAllTextAsync(Path.Combine(_folder, "other-key"), "nonsense", Ct);
        (await SealCommand.Run([.. fine, "--listen", "127.0.0.1:0", "--log", $"{LogKey.Verifier}"])).ExitCode.ShouldBe(3);
    }

    private static TreeHead Head(long size, string leaf = "leaf") => new(size, MerkleHash.Root(Leaves(size, leaf)));

    private static IEnumerable<ReadOnlyMemory<byte>> Leaves(long to, string leaf) =>
        Enumerable.Range(0, (int)to).Select(i => (ReadOnlyMemory<byte>)MerkleHash.Leaf(Encoding.UTF8.GetBytes($"{leaf} {i}")));

    private static byte[] Rewrite(byte[] body, string old, string fresh) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace(old, fresh, StringComparison.Ordinal));

    private string Checkpoint(long size, string leaf = "leaf", NoteKey? key = null)
    {
        var text = Head(size, leaf).ToCheckpointText(Origin);
        return text + "\n" + (key ?? LogKey).SignatureLine(Encoding.UTF8.GetBytes(text));
    }

    private byte[] Request(long from, long to, string leaf = "leaf")
    {
        var proof = MerkleProof.Fill(
            MerkleProof.PlanConsistency(from, to),
            node => MerkleHash.Root(Leaves((node.Index + 1) << node.Height, leaf).Skip((int)(node.Index << node.Height))));
        return new AddCheckpoint(from, proof, Checkpoint(to, leaf)).ToBody();
    }

    private async Task StartAsync() => _witness = await WitnessProcess.StartAsync(_folder, "127.0.0.1:0", LogKey.Verifier.ToString());

    private async Task<(int Status, string Type, string Body)> AddAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var answer = await _http.PostAsync($"{_witness!.Url}/add-checkpoint", content, Ct);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", await answer.Content.ReadAsStringAsync(Ct));
    }

    private async Task<int?> TryAddAsync(byte[] body)
    {
        try
        {
            return (await AddAsync(body)).Status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(new Uri(_witness!.Url).Authority), Ct);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Ct);
        var answer = new byte[12];
        await client.GetStream().ReadExactlyAsync(answer, Ct);
        return Encoding.ASCII.GetString(answer);
    }
}
