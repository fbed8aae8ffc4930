using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Domain.Signings;

namespace Seal.Domain.Inquiries;

/// <summary>What somebody looked for by office: keys and choices only, no words of their own. What is <c>null</c> was left open.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Organisation">The organisation named.</param>
/// <param name="Seal">The seal named.</param>
/// <param name="Person">The person named.</param>
/// <param name="Signing">The use named.</param>
/// <param name="Region">The division named, six digits (GB/T 2260).</param>
/// <param name="Outcome">The outcome of uses named.</param>
/// <param name="From">From when on (UTC).</param>
/// <param name="Until">Until when (UTC).</param>
public sealed record Inquiry(
    InquirySubject What,
    OrganisationId? Organisation = null,
    SealId? Seal = null,
    PersonId? Person = null,
    SigningId? Signing = null,
    string? Region = null,
    SigningStatus? Outcome = null,
    DateTimeOffset? From = null,
    DateTimeOffset? Until = null)
{
    /// <summary>Stands for what was named and is not known here.</summary>
    public const string Unknown = "unknown";
}

/// <summary>What an auditor or a regulator looked at.</summary>
public enum InquirySubject
{
    /// <summary>The usage log 用章记录.</summary>
    Usage,

    /// <summary>How many uses there were, by day.</summary>
    UsageDays,

    /// <summary>One use of a seal.</summary>
    Signing,

    /// <summary>A list of seals.</summary>
    Seals,

    /// <summary>A seal, its picture or its data, now or then.</summary>
    Seal,

    /// <summary>All that happened to a seal, or what changed in it.</summary>
    SealHistory,

    /// <summary>All that happened to an organisation, or what changed in it.</summary>
    OrganisationHistory,

    /// <summary>All that happened to an application.</summary>
    ApplicationHistory,

    /// <summary>A seal's evidence, taken away as a file.</summary>
    SealEvidence,

    /// <summary>An organisation's evidence, with that of all its seals, taken away as a file.</summary>
    OrganisationEvidence,

    /// <summary>A person's data.</summary>
    Person,
}
