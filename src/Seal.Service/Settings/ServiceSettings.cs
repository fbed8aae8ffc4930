using Seal.Domain.Deciding;

namespace Seal.Service.Settings;

/// <summary>All settings of the service, section <c>Seal</c>. Every one has a default with which the service runs by itself.</summary>
public sealed record ServiceSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Seal";

    /// <summary>The folder for everything the embedded defaults keep.</summary>
    public string Data { get; init; } = ".data";

    /// <summary>The address to listen at; port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The ledger.</summary>
    public LedgerSettings Ledger { get; init; } = new();

    /// <summary>The token that holds root keys and the master key.</summary>
    public TokenSettings Token { get; init; } = new();

    /// <summary>The outside provider of proofs of person.</summary>
    public ProviderSettings ProofOfPerson { get; init; } = new();

    /// <summary>Documents: sealing and verification.</summary>
    public DocumentSettings Documents { get; init; } = new();

    /// <summary>What signatures are like and how long they can be proven.</summary>
    public SealingSettings Sealing { get; init; } = new();

    /// <summary>Whom verification trusts with what.</summary>
    public TrustSettings Trust { get; init; } = new();

    /// <summary>Time stamps.</summary>
    public TimestampSettings Timestamps { get; init; } = new();

    /// <summary>Certificate authorities outside that orders can choose, beside the embedded one.</summary>
    public IReadOnlyList<CertificateAuthoritySettings> CertificateAuthorities { get; init; } = [];

    /// <summary>The file with the kinds of certificates that can be ordered (JSON); empty: those that the platform comes with.</summary>
    public string CertificateKinds { get; init; } = "";

    /// <summary>Cloud keys under a PIN.</summary>
    public PinSettings Pin { get; init; } = new();

    /// <summary>The parameters of the domain's rules.</summary>
    public DomainSettings Rules { get; init; } = new();

    /// <summary>Whether the demo people exist; allowed on loopback addresses only.</summary>
    public bool DemoPeople { get; init; } = true;

    /// <summary>Requests a minute that one address may make to the open endpoints (sign-in, verification, time stamps, OCSP).</summary>
    public int OpenRequestsPerMinute { get; init; } = 120;

    /// <summary>Where metrics and traces go by OTLP; empty: nowhere.</summary>
    public string OtlpEndpoint { get; init; } = "";
}

/// <summary>Settings of the ledger.</summary>
public sealed record LedgerSettings
{
    /// <summary>PostgreSQL for the service's role; empty: an embedded cluster in the data folder.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>PostgreSQL for the owner role, which migrates the schema; empty: the same as the service's.</summary>
    public string OwnerConnectionString { get; init; } = "";

    /// <summary>Whether these lead through a pooler that gives each transaction any server connection (PgBouncer, <c>pool_mode = transaction</c>).</summary>
    public bool Pooled { get; init; }

    /// <summary>PostgreSQL itself beside such a pooler, for the service's role, to LISTEN on; empty: readers ask every 250 ms.</summary>
    public string DirectConnectionString { get; init; } = "";

    /// <summary>A streaming replica, for the service's role, that takes the reads which are only shown; empty: none.</summary>
    public string ReplicaConnectionString { get; init; } = "";

    /// <summary>How long after its sudden end another process takes over what one has read in the background.</summary>
    public TimeSpan ReaderLease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The log's origin, the first line of every checkpoint (C2SP tlog-checkpoint).</summary>
    public string Origin { get; init; } = "seal.example/ledger";

    /// <summary>A clock that runs ahead of the ledger by more than this stops appends until an operator confirms it.</summary>
    public TimeSpan MaximumForwardJump { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A ledger that has been silent for longer than this takes appends only once an operator confirms the clock.</summary>
    public TimeSpan MaximumSilence { get; init; } = TimeSpan.FromDays(366);

    /// <summary>Witnesses that are asked to cosign checkpoints (C2SP tlog-witness); empty: nobody.</summary>
    public IReadOnlyList<WitnessSettings> Witnesses { get; init; } = [];

    /// <summary>How many of them make a checkpoint witnessed.</summary>
    public int WitnessesNeeded { get; init; } = 1;

    /// <summary>The shortest time between two checkpoints that are sent to them.</summary>
    public TimeSpan WitnessInterval { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Settings of a witness.</summary>
public sealed record WitnessSettings
{
    /// <summary>Its address; <c>/add-checkpoint</c> is added to it.</summary>
    public string Url { get; init; } = "";

    /// <summary>Its key as it tells it: name, id and key with plus signs between (C2SP tlog-cosignature).</summary>
    public string Key { get; init; } = "";
}

/// <summary>Settings of the token.</summary>
public sealed record TokenSettings
{
    /// <summary>The PKCS#11 library; empty: SoftHSM 2 with a token of its own in the data folder.</summary>
    public string Module { get; init; } = "";

    /// <summary>The token's label.</summary>
    public string Label { get; init; } = "seal";

    /// <summary>The file that holds the token's user PIN; the PIN itself is never a setting.</summary>
    public string PinFile { get; init; } = "";

    /// <summary>Most sessions kept open on the token at once; fewer where it allows fewer.</summary>
    public int Sessions { get; init; } = 16;
}

/// <summary>Settings of the identity provider.</summary>
public sealed record ProviderSettings
{
    /// <summary>Its address; empty: the embedded one, on a loopback port of its own.</summary>
    public string Url { get; init; } = "";

    /// <summary>The name the provider must give as issuer.</summary>
    public string Issuer { get; init; } = "seal-demo-identity";

    /// <summary>The name under which the provider knows this service.</summary>
    public string Audience { get; init; } = "seal";
}

/// <summary>Settings about documents.</summary>
public sealed record DocumentSettings
{
    /// <summary>Largest file that may be verified, in bytes (10 MB).</summary>
    public long VerificationLimit { get; init; } = 10 * 1000 * 1000;

    /// <summary>Largest file that may be uploaded for sealing, in bytes (100 MB).</summary>
    public long SealingLimit { get; init; } = 100 * 1000 * 1000;

    /// <summary>How much one person may keep uploaded at a time, in bytes (1 GB).</summary>
    public long UploadsLimit { get; init; } = 1000 * 1000 * 1000;

    /// <summary>How much of the disk uploaded and sealed files leave to the ledger, in bytes (256 MB).</summary>
    public long SpareDisk { get; init; } = 256 * 1000 * 1000;

    /// <summary>How long an uploaded or sealed file is kept if nobody fetches it.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A folder with further trusted roots (PEM or DER), besides this service's own.</summary>
    public string TrustedRoots { get; init; } = "";
}

/// <summary>Settings of the PIN's key derivation.</summary>
public sealed record PinSettings
{
    /// <summary>
    /// PBKDF2-HMAC-SHA512 iterations (OWASP's advice of 2023: 210,000). Each key keeps its own number and salt; one with fewer is put
    /// under this many when its PIN is given next.
    /// </summary>
    public int Iterations { get; init; } = 210_000;
}
