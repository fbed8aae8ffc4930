using Npgsql;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Notes;
using Seal.Documents.Impressions;
using Seal.Ledger;
using Seal.Ledger.Embedded;
using Seal.Service.Automations;
using Seal.Service.Commands;
using Seal.Service.Files;
using Seal.Service.Keys;
using Seal.Service.Pki;
using Seal.Service.Projections;
using Seal.Service.Proofs;
using Seal.Service.Settings;
using Seal.Service.Vault;
using Seal.Service.Verification;
using Seal.Service.Views;

namespace Seal.Service.Start;

/// <summary>
/// What the service stands on, laid in order: PostgreSQL, the token, the vault, the certificate authority, the ledger and
/// the identity provider. Whatever is not set comes with the embedded defaults, in the data folder.
/// </summary>
public sealed class Foundations : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> _undo;

    private Foundations(Stack<Func<ValueTask>> undo) => _undo = undo;

    /// <summary>The embedded PostgreSQL; <c>null</c> when another is set.</summary>
    public required EmbeddedPostgres? Postgres { get; init; }

    /// <summary>PostgreSQL, for the vault.</summary>
    public required NpgsqlDataSource Database { get; init; }

    /// <summary>The vault's master keys, in the token.</summary>
    public required MasterKeyRing MasterKeys { get; init; }

    /// <summary>The vault.</summary>
    public required VaultStore Vault { get; init; }

    /// <summary>The certificate authority.</summary>
    public required Authorities Authorities { get; init; }

    /// <summary>Where the keys of OCSP responders lie.</summary>
    public required ResponderKeys ResponderKeys { get; init; }

    /// <summary>The ledger.</summary>
    public required EventLedger Ledger { get; init; }

    /// <summary>What signs for the ledger.</summary>
    public required IReadOnlyCollection<INoteSigner> NoteSigners { get; init; }

    /// <summary>The public keys of the ledger's checkpoints.</summary>
    public required NoteKeys NoteKeys { get; init; }

    /// <summary>Digests of requests.</summary>
    public required RequestDigests Digests { get; init; }

    /// <summary>The face that impressions are set in.</summary>
    public required FontOutlines Font { get; init; }

    /// <summary>Uploaded documents.</summary>
    public required Uploads Uploads { get; init; }

    /// <summary>Sealed documents.</summary>
    public required SealedFiles SealedFiles { get; init; }

    /// <summary>The identity provider.</summary>
    public required ProviderSettings Provider { get; init; }

    /// <summary>Further roots.</summary>
    public required TrustedRoots TrustedRoots { get; init; }

    /// <summary>The policies that a verification may name.</summary>
    public required TrustPolicies TrustPolicies { get; init; }

    /// <summary>Where the keys of bearer tokens lie.</summary>
    public required DirectoryInfo SignInKeys { get; init; }

    /// <summary>Lays all of it; what was laid before something failed is taken up again.</summary>
    /// <exception cref="StartupException">Something is missing.</exception>
    public static async Task<Foundations> LayAsync(ServiceSettings settings, string address, TimeProvider clock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var undo = new Stack<Func<ValueTask>>();
        try
        {
            return await LayAsync(settings, address, clock, undo, cancellation);
        }
        catch (Exception failed)
        {
            await TakeUpAsync(undo);
            throw StartupReasons.Explain(failed);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => TakeUpAsync(_undo);

    private static async Task<Foundations> LayAsync(
        ServiceSettings settings, string address, TimeProvider clock, Stack<Func<ValueTask>> undo, CancellationToken cancellation)
    {
        var data = Directory.CreateDirectory(settings.Data).FullName;
        var font = FontOutlines.FindSong();
        var trusted = TrustedRoots.Load(settings.Documents.TrustedRoots);
        var policies = TrustPolicies.Load(settings.Trust, trusted);
        var (postgres, connection, owner) = await StartPostgresAsync(settings, data, undo, cancellation);
        var database = NpgsqlDataSource.Create(connection);
        undo.Push(database.DisposeAsync);
        await VaultSchema.ApplyAsync(owner, connection, cancellation);

        var token = await ServiceToken.OpenAsync(settings.Token, Path.Combine(data, "token"), cancellation);
        undo.Push(token.DisposeAsync);
        var masterKeys = await MasterKeyRing.OpenAsync(database, token, cancellation);
        var vault = new VaultStore(database, masterKeys);
        var vaultKeys = new VaultKeys(vault);
        var authorities = await Authorities.OpenAsync(token, vaultKeys, vault, $"{address}/pki", clock, cancellation);
        NoteKey[] noteKeys =
        [
            new(settings.Ledger.Origin, await vaultKeys.GetAsync("log-ed25519", SignatureAlgorithm.Ed25519, cancellation)),
            new(settings.Ledger.Origin, await vaultKeys.GetAsync("log-sm2", SignatureAlgorithm.Sm2Sm3, cancellation)),
        ];
        LedgerNoteSigner[] signers = [.. noteKeys.Select(key => new LedgerNoteSigner(key))];
        var ledger = await EventLedger.OpenAsync(
            new LedgerOptions
            {
                ConnectionString = connection,
                OwnerConnectionString = owner,
                Pooled = settings.Ledger.Pooled,
                DirectConnectionString = settings.Ledger.DirectConnectionString is { Length: > 0 } direct ? direct : null,
                ReplicaConnectionString = settings.Ledger.ReplicaConnectionString is { Length: > 0 } replica ? replica : null,
                ReaderLease = settings.Ledger.ReaderLease,
                Origin = settings.Ledger.Origin,
                Clock = clock,
                Signers = signers,
                Projections = SealProjections.All,
                MaximumForwardJump = settings.Ledger.MaximumForwardJump,
                MaximumSilence = settings.Ledger.MaximumSilence,
                Witnesses = WitnessKeys.Read(settings.Ledger),
                EnsureDatabase = postgres is null ? null : postgres.EnsureRunningAsync,
            },
            cancellation);
        undo.Push(ledger.DisposeAsync);
        await BackgroundReaders.TakeOverPlacesAsync(owner, cancellation);
        return new Foundations(undo)
        {
            Postgres = postgres,
            Database = database,
            MasterKeys = masterKeys,
            Vault = vault,
            Authorities = authorities,
            ResponderKeys = new ResponderKeys(token, vaultKeys),
            Ledger = ledger,
            NoteSigners = signers,
            NoteKeys = new NoteKeys([.. noteKeys.Select(key => key.Verifier.ToString())]),
            Digests = new RequestDigests(await vaultKeys.GetSecretAsync("request-digests", cancellation)),
            Font = font,
            Uploads = new Uploads(new FileStore(Path.Combine(data, "files", "uploads"), settings.Documents.SpareDisk), settings.Documents),
            SealedFiles = new SealedFiles(new FileStore(Path.Combine(data, "files", "sealed"), settings.Documents.SpareDisk)),
            Provider = await StartProviderAsync(settings.ProofOfPerson, settings.OpenRequestsPerMinute, clock, undo, cancellation),
            TrustedRoots = trusted,
            TrustPolicies = policies,
            SignInKeys = OwnFolder(Path.Combine(data, "sign-in")),
        };
    }

    private static DirectoryInfo OwnFolder(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private static async Task<(EmbeddedPostgres? Postgres, string Connection, string Owner)> StartPostgresAsync(
        ServiceSettings settings, string data, Stack<Func<ValueTask>> undo, CancellationToken cancellation)
    {
        if (settings.Ledger.ConnectionString is { Length: > 0 } connection)
        {
            var owner = settings.Ledger.OwnerConnectionString is { Length: > 0 } own ? own : connection;
            return (null, PooledConnection.Adapt(connection, settings.Ledger.Pooled), PooledConnection.Adapt(owner, settings.Ledger.Pooled));
        }

        var postgres = await EmbeddedPostgres.StartAsync(Path.Combine(data, "postgres"), cancellation);
        undo.Push(postgres.DisposeAsync);
        return (postgres, postgres.ConnectionString, postgres.OwnerConnectionString);
    }

    private static async Task<ProviderSettings> StartProviderAsync(
        ProviderSettings settings, int requestsPerMinute, TimeProvider clock, Stack<Func<ValueTask>> undo, CancellationToken cancellation)
    {
        if (settings.Url.Length > 0)
        {
            return settings;
        }

        var provider = await EmbeddedIdentityProvider.StartAsync(settings, requestsPerMinute, clock, cancellation);
        undo.Push(provider.DisposeAsync);
        return settings with { Url = provider.Url };
    }

    private static async ValueTask TakeUpAsync(Stack<Func<ValueTask>> undo)
    {
        while (undo.TryPop(out var step))
        {
            await step();
        }
    }
}
