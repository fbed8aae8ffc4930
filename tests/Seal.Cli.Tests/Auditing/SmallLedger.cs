using System.Text;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Notes;
using Seal.Ledger;
using Seal.Ledger.Embedded;
using Seal.Ledger.Tiles;
using Seal.Testing;

namespace Seal.Cli.Tests.Auditing;

/// <summary>A ledger of 20,000 events, signed with Ed25519 and SM2 at its 300th and at its last, in PostgreSQL; as it was at 300, in a folder.</summary>
public sealed class SmallLedger : IAsyncLifetime
{
    public const string Origin = "ledger.example/test";

    public const int Size = 20_000;

    private const int Batch = 500;

    private readonly string _folder = TestFolder.Create();
    private EmbeddedPostgres? _postgres;

    /// <summary>The first 300 entries as tlog-tiles.</summary>
    public string Log => PathOf("log");

    /// <summary>A file with both keys.</summary>
    public string Keys => PathOf("keys");

    public string ConnectionString => _postgres!.ConnectionString;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string PathOf(string name) => Path.Combine(_folder, name);

    public async ValueTask InitializeAsync()
    {
        _postgres = await EmbeddedPostgres.StartAsync(PathOf("postgres"), Ct);
        using var ed25519 = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        using var sm2 = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        NoteKey[] keys = [new(Origin, ed25519), new(Origin, sm2)];
        await File.WriteAllLinesAsync(Keys, keys.Select(key => key.Verifier.ToString()), Ct);
        await using var ledger = await EventLedger.OpenAsync(
            new LedgerOptions
            {
                ConnectionString = _postgres.ConnectionString,
                OwnerConnectionString = _postgres.OwnerConnectionString,
                Origin = Origin,
                Clock = TimeProvider.System,
                Signers = [.. keys.Select(key => new Signer(key))],
            },
            Ct);
        await AppendAsync(ledger, "thing/1", 300);
        await new TileExport(ledger).ExportAsync(Log, null, Ct);
        for (var (at, n) = (300, 2); at < Size; at += Batch, n++)
        {
            await AppendAsync(ledger, $"thing/{n}", int.Min(Batch, Size - at));
        }

        await ledger.CheckpointAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres!.DisposeAsync();
        foreach (var folder in new[] { _postgres.Location, _folder }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A copy of the folder, to be spoilt.</summary>
    public string CopyOfLog(string name)
    {
        var copy = PathOf(name);
        foreach (var file in Directory.EnumerateFiles(Log, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Log, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    private static Task<AppendResult> AppendAsync(EventLedger ledger, string stream, int count) => ledger.AppendAsync(
        new AppendRequest(
            [new StreamWrite(stream, 0, [.. Enumerable.Range(0, count).Select(n => new EventData("thing.happened.v1", Encoding.UTF8.GetBytes($$"""{"n":{{n}}}""")))])],
            ReadOnlyMemory<byte>.Empty),
        Ct);

    private sealed class Signer(NoteKey key) : INoteSigner
    {
        public string Name => key.Name;

        public uint KeyId => key.KeyId;

        public ReadOnlyMemory<byte> Sign(ReadOnlySpan<byte> note) => key.Sign(note);
    }
}
