using Seal.Domain.CertificateKinds;
using Seal.Domain.Persons;

namespace Seal.Domain.Deciding;

/// <summary>Everything a decision may know besides the streams: who asks, when, and what effects have found out.</summary>
/// <param name="Actor">Who gives the command.</param>
/// <param name="Now">The time of deciding (UTC).</param>
/// <param name="NewKey">A fresh, unguessable key for the stream that a creating command begins.</param>
/// <param name="Settings">The rules' parameters.</param>
public sealed record Facts(Actor Actor, DateTimeOffset Now, string NewKey, DomainSettings Settings)
{
    /// <summary>The proof of person presented with the command, its signature already checked; <c>null</c> when none was.</summary>
    public ProofOfPerson? Proof { get; init; }

    /// <summary>What effects performed for this command have found out, in order.</summary>
    public IReadOnlyList<IOutcome> Outcomes { get; init; } = [];

    /// <summary>The outcome of one kind, if its effect was performed.</summary>
    public TOutcome? Outcome<TOutcome>() where TOutcome : class, IOutcome => Outcomes.OfType<TOutcome>().LastOrDefault();

    /// <summary>These facts and one more outcome.</summary>
    public Facts With(IOutcome outcome) => this with { Outcomes = [.. Outcomes, outcome] };
}

/// <summary>Parameters of the rules; every one has the default of the source documents.</summary>
public sealed record DomainSettings
{
    /// <summary>A company registered on or after this date gets its standard set without applying (SZ: 2021-04-01).</summary>
    public DateOnly EntitledSince { get; init; } = new(2021, 4, 1);

    /// <summary>Years a seal is valid from its making, and by which a renewal extends it; one or two.</summary>
    public int TermYears { get; init; } = 1;

    /// <summary>Wrong PINs in a row that lock a holding.</summary>
    public int PinAttempts { get; init; } = 5;

    /// <summary>The name of the certificate authority inside the service.</summary>
    public const string EmbeddedAuthority = "embedded";

    /// <summary>The certificate authorities to choose from; the service adds the outside ones that are set.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<string> CertificateAuthorities { get; init; } = [EmbeddedAuthority];

    /// <summary>The kinds of certificates that can be ordered.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public CertificateKindCatalog CertificateKinds { get; init; } = CertificateKindCatalog.Default;

    /// <summary>How long an unfinished signing may take before it is reported as failed.</summary>
    public TimeSpan SigningTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a device may take to sign what was prepared for it.</summary>
    public TimeSpan DeviceSigningTimeout { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>Who gives a command.</summary>
/// <param name="Person">The signed-in person.</param>
/// <param name="Staff">The offices the person holds; what the person is to an organisation or a seal is read from the streams.</param>
public sealed record Actor(PersonId Person, Role Staff)
{
    /// <summary>The system itself, for automations.</summary>
    public static Actor System { get; } = new(new PersonId("system"), Role.System);
}
