using System.Security.Cryptography;
using System.Text;
using Seal.Ledger.Witnessing;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests.Witnessing;

public sealed class WitnessTests : IAsyncLifetime
{
    private const string Origin = "log.example/one";

    private readonly string _folder = TemporaryDirectory.New();
    private readonly EcdsaNoteKey _logKey = new(Origin);
    private readonly EcdsaNoteKey _witnessKey = new("witness.example/w1");
    private readonly List<string> _contradictions = [];
    private WitnessFolder? _memory;
    private Witness? _witness;

    private PaperLog Log => new(Origin, _logKey);

    /// <summary>The same log with another history.</summary>
    private PaperLog Fork => new(Origin, _logKey, "other leaf");

    public async ValueTask InitializeAsync() => await StartAsync();

    public ValueTask DisposeAsync()
    {
        Stop();
        TemporaryDirectory.Delete(_folder);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_log_that_grows_is_cosigned_at_every_size_it_shows()
    {
        long last = 0;
        foreach (var size in new long[] { 1, 2, 3, 7, 8, 8, 200, 255, 256, 257, 1000 })
        {
            var answer = await AddAsync(Log.Request(last, size));

            answer.Status.ShouldBe(200, answer.Body);
            var cosigned = SignedNote.Parse(Log.Head(size).ToCheckpointText(Origin) + "\n" + answer.Body);
            cosigned.Verify([_witnessKey]).Count.ShouldBe(1);
            last = size;
        }

        _witness!.SizeOf(Origin).ShouldBe(1000);
    }

    [Fact]
    public async Task An_empty_log_is_cosigned_as_empty_only()
    {
        (await AddAsync(Log.Request(0, 0))).Status.ShouldBe(200);
        var lie = SignedNote.Sign(new TreeHead(0, new byte[32]).ToCheckpointText(Origin), [_logKey]).ToString();
        (await AddAsync(new AddCheckpoint(0, [], lie))).Status.ShouldBe(409);
    }

    [Fact]
    public async Task A_log_that_nobody_told_the_witness_of_is_not_found()
    {
        var other = new PaperLog("log.example/two", new EcdsaNoteKey("log.example/two"));

        (await AddAsync(other.Request(0, 5))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_checkpoint_that_the_log_did_not_sign_is_forbidden()
    {
        (await AddAsync(new PaperLog(Origin, new EcdsaNoteKey(Origin)).Request(0, 5))).Status.ShouldBe(403);

        var request = Log.Request(0, 5);
        var bent = request with { Checkpoint = request.Checkpoint.Replace("\n5\n", "\n6\n", StringComparison.Ordinal) };
        (await AddAsync(bent)).Status.ShouldBe(403);
        _witness!.SizeOf(Origin).ShouldBe(0);
    }

    [Fact]
    public async Task Signatures_of_keys_that_the_witness_does_not_know_are_passed_over()
    {
        var request = Log.Request(0, 5) with { Checkpoint = Log.Checkpoint(5, new EcdsaNoteKey("stranger.example"), new EcdsaNoteKey(Origin)) };

        (await AddAsync(request)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_log_that_is_wrong_about_where_the_witness_is_learns_the_size()
    {
        await AddAsync(Log.Request(0, 5));
        foreach (var (from, to) in new[] { (0L, 9L), (3L, 9L), (7L, 9L), (0L, 5L), (3L, 4L) })
        {
            var answer = await AddAsync(Log.Request(from, to));

            (answer.Status, answer.MediaType, answer.Body).ShouldBe((409, "text/x.tlog.size", "5\n"));
        }
    }

    [Fact]
    public async Task A_log_that_shrank_is_never_cosigned()
    {
        await AddAsync(Log.Request(0, 9));

        (await AddAsync(new AddCheckpoint(9, [], Log.Checkpoint(5)))).Status.ShouldBe(400);
        (await AddAsync(Log.Request(0, 5))).Status.ShouldBe(409);
        (await AddAsync(Log.Request(5, 5))).Status.ShouldBe(409);
    }

    [Fact]
    public async Task A_second_tree_of_one_size_is_never_cosigned_and_is_kept_as_evidence()
    {
        await AddAsync(Log.Request(0, 9));

        var answer = await AddAsync(Fork.Request(9, 9));

        answer.Status.ShouldBe(409);
        answer.MediaType.ShouldNotBe("text/x.tlog.size", "the size is right; sending it would set the log on the same request again");
        _contradictions.ShouldHaveSingleItem().ShouldContain(Origin);
        var evidence = SignedCheckpoint.Verify(await File.ReadAllTextAsync(Directory.GetFiles(_folder, "*.contradiction").Single(), Ct), Origin, [_logKey]);
        evidence.Head.ShouldBe(Fork.Head(9));
        (await AddAsync(Log.Request(9, 12))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_fork_is_never_cosigned_whatever_proof_comes_with_it()
    {
        await AddAsync(Log.Request(0, 9));
        IReadOnlyList<ReadOnlyMemory<byte>>[] proofs = [Fork.Proof(9, 14), Log.Proof(9, 14), [], [new byte[32]], [.. Fork.Proof(9, 14), new byte[32]]];
        foreach (var proof in proofs)
        {
            (await AddAsync(new AddCheckpoint(9, proof, Fork.Checkpoint(14)))).Status.ShouldBe(422);
        }

        _witness!.SizeOf(Origin).ShouldBe(9);
    }

    [Fact]
    public async Task A_proof_must_prove_and_nothing_may_be_left_over()
    {
        (await AddAsync(Log.Request(0, 9) with { Proof = Log.Proof(3, 9) })).Status.ShouldBe(422, "the first checkpoint has no proof");
        await AddAsync(Log.Request(0, 9));
        (await AddAsync(Log.Request(9, 14) with { Proof = [.. Log.Proof(9, 14).Reverse()] })).Status.ShouldBe(422);
        (await AddAsync(Log.Request(9, 14) with { Proof = [.. Log.Proof(9, 14).SkipLast(1)] })).Status.ShouldBe(422);
        (await AddAsync(Log.Request(9, 9) with { Proof = [new byte[32]] })).Status.ShouldBe(422);
    }

    [Fact]
    public async Task What_is_no_request_is_refused_before_anything_is_done()
    {
        var good = Encoding.UTF8.GetString(Log.Request(0, 5).ToBody());
        var hash = Convert.ToBase64String(new byte[32]);
        string[] bad =
        [
            "", "\n", "\n\n", "old 0", "old 0\n", "old 0\n\n", "old 0\n\n\n", "OLD 0" + good[5..], "old" + good[3..].Replace(" 0", "  0", StringComparison.Ordinal),
            "old -1" + good[5..], "old +1" + good[5..], "old 00" + good[5..], "old 1_0" + good[5..], "old 0x1" + good[5..], "old 0 " + good[5..], "old \n" + good[6..],
            "old 99999999999999999999" + good[5..], good.Replace("\n", "\r\n", StringComparison.Ordinal), good[..^1], good[..^40],
            "old 1\nnot base64\n\n" + good[7..], $"old 1\n {hash}\n\n" + good[7..], "old 1\nAAAA\n\n" + good[7..], $"old 1\n{hash[..^2]}B=\n\n" + good[7..],
            $"old 1\n{Convert.ToBase64String(new byte[33])}\n\n" + good[7..],
            "old 1\n" + string.Concat(Enumerable.Repeat(hash + "\n", 64)) + "\n" + good[7..],
            good.Replace("\n5\n", "\n05\n", StringComparison.Ordinal), good.Replace("\n5\n", "\nfive\n", StringComparison.Ordinal),
            good.Replace("— ", "- ", StringComparison.Ordinal), good + "— stranger.example !!!\n",
        ];
        foreach (var body in bad)
        {
            (await _witness!.AddCheckpointAsync(Encoding.UTF8.GetBytes(body), Ct)).Status.ShouldBe(400, body);
        }

        (await _witness!.AddCheckpointAsync(new byte[] { 0xff, 0xfe, 0x0a, 0x0a }, Ct)).Status.ShouldBe(400);
        (await _witness!.AddCheckpointAsync(Encoding.UTF8.GetBytes(good), Ct)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_witness_that_starts_again_keeps_its_word()
    {
        await AddAsync(Log.Request(0, 9));
        Stop();
        await StartAsync();

        _witness!.SizeOf(Origin).ShouldBe(9);
        (await AddAsync(Fork.Request(0, 14))).Status.ShouldBe(409);
        (await AddAsync(Fork.Request(9, 14))).Status.ShouldBe(422);
        (await AddAsync(Log.Request(9, 14))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_witness_whose_memory_is_spoilt_does_not_start_as_if_it_had_none()
    {
        await AddAsync(Log.Request(0, 9));
        var file = Directory.GetFiles(_folder, "*.checkpoint").Single();
        var kept = await File.ReadAllTextAsync(file, Ct);
        Stop();

        await File.WriteAllTextAsync(file, kept[..20], Ct);
        await Should.ThrowAsync<FormatException>(StartAsync);
        Stop();
        await File.WriteAllTextAsync(file, kept.Replace("\n9\n", "\n8\n", StringComparison.Ordinal), Ct);
        await Should.ThrowAsync<CryptographicException>(StartAsync);
    }

    [Fact]
    public async Task Two_witnesses_never_share_a_memory()
    {
        Should.Throw<IOException>(() => WitnessFolder.Open(_folder));
        Stop();
        await StartAsync();
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_kept_is_not_cosigned()
    {
        using var witness = await Witness.StartAsync([_logKey], new FullDisk(), _witnessKey, _contradictions.Add, Ct);

        await Should.ThrowAsync<IOException>(witness.AddCheckpointAsync(Log.Request(0, 5).ToBody(), Ct));
        witness.SizeOf(Origin).ShouldBe(0);
    }

    [Fact]
    public async Task Of_many_that_ask_at_once_only_those_are_cosigned_that_follow_one_another()
    {
        await AddAsync(Log.Request(0, 1));
        var asked = Enumerable.Range(2, 30).Select(size => (Size: size, Fork: size % 2 == 0)).ToList();

        var answers = await Task.WhenAll(asked.Select(one => Task.Run(() => AddAsync((one.Fork ? Fork : Log).Request(1, one.Size)))));

        var cosigned = asked.Zip(answers).Where(pair => pair.Second.Status == 200).ToList();
        cosigned.Count.ShouldBe(1);
        cosigned[0].First.Fork.ShouldBeFalse();
        _witness!.SizeOf(Origin).ShouldBe(cosigned[0].First.Size);
    }

    private Task<WitnessAnswer> AddAsync(AddCheckpoint request) => _witness!.AddCheckpointAsync(request.ToBody(), Ct);

    private async Task StartAsync()
    {
        _memory = WitnessFolder.Open(_folder);
        _witness = await Witness.StartAsync([_logKey], _memory, _witnessKey, _contradictions.Add, Ct);
    }

    private void Stop()
    {
        _witness?.Dispose();
        _memory?.Dispose();
    }

    private sealed class FullDisk : IWitnessMemory
    {
        public Task<string?> ReadAsync(string origin, CancellationToken ct) => Task.FromResult<string?>(null);

        public Task KeepAsync(string origin, string note) => throw new IOException("No space left on device");

        public Task KeepContradictionAsync(string origin, string note) => throw new IOException("No space left on device");
    }
}
