using System.Text.Json;
using Seal.Domain.CertificateKinds;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Signings;

namespace Seal.Domain.CertificateOrders;

/// <summary>Look at a certification request and at papers, and keep them.</summary>
/// <param name="Order">The order they are for.</param>
/// <param name="By">Who hands them in: only what they uploaded themselves is theirs to hand in.</param>
/// <param name="Alone">The person who orders for themselves, with whom all of it is erased; <c>null</c> when an organisation orders.</param>
/// <param name="Request">The PKCS#10 request, DER in base64; <c>null</c> where none is needed.</param>
/// <param name="Materials">The papers.</param>
public sealed record ExamineOrder(CertificateOrderId Order, PersonId By, PersonId? Alone, string? Request, IReadOnlyList<OrderMaterial> Materials) : IEffect;

/// <summary>Request and papers are in order and kept.</summary>
/// <param name="Algorithm">The algorithm of the key in the request.</param>
/// <param name="RequestDigest">SHA-256 (hex) of the request (DER).</param>
/// <param name="Materials">The papers.</param>
public sealed record OrderExamined(KeyAlgorithm? Algorithm, string? RequestDigest, IReadOnlyList<RecordedMaterial> Materials) : IOutcome;

/// <summary>What handing in and handing in again have in common.</summary>
internal static class Examination
{
    /// <summary>Has request and papers looked at, and goes on when they are in order.</summary>
    internal static Decision Of(ExamineOrder effect, CertificateKind kind, Facts facts, Func<OrderExamined, Decision> examined) =>
        facts.Outcomes.LastOrDefault(outcome => outcome is OrderExamined or RequestUnfit or DocumentUnfit) switch
        {
            OrderExamined { Algorithm: { } algorithm } when JudgeKey(algorithm, kind) is { } refused => refused,
            OrderExamined found => examined(found),
            RequestUnfit unfit => RequestRejections.Of(unfit.Code),
            DocumentUnfit { Code: "material-too-large" } => CertificateOrderRejections.MaterialTooLarge,
            DocumentUnfit => DocumentRejections.DocumentUnknown with { Field = "materials" },
            _ => Decision.First(effect),
        };

    /// <summary>Why keys of an algorithm are not certified for a kind; <c>null</c> when they are.</summary>
    internal static Rejection? JudgeKey(KeyAlgorithm algorithm, CertificateKind kind) => kind.Keys.Contains(algorithm)
        ? null
        : CertificateOrderRejections.KeyNotForKind.With("allowed", string.Join(", ", kind.Keys.Select(key => JsonNamingPolicy.KebabCaseLower.ConvertName(key.ToString()))));

    /// <summary>Why an authority issues no certificates of a kind; <c>null</c> when it does.</summary>
    internal static Rejection? JudgeAuthority(string authority, CertificateKind kind, Facts facts) =>
        facts.Settings.CertificateAuthorities.Contains(authority) && (kind.Authorities.Count == 0 || kind.Authorities.Contains(authority)) ? null : CertificateOrderRejections.AuthorityUnknown;

    /// <summary>Why nobody orders certificates of a kind without an organisation; <c>null</c> when it may be, or there is one.</summary>
    internal static Rejection? JudgeHolder(OrganisationId? organisation, CertificateKind kind) =>
        organisation is null && kind.Holder != CertificateHolder.Person ? OrganisationRejections.OrganisationUnknown with { Field = "organisation" } : null;

    /// <summary>Why there is a request where none is needed; <c>null</c> when all is right. One that is missing is found malformed.</summary>
    internal static Rejection? JudgeRequest(OrderBusiness business, string? request) => (business == OrderBusiness.Unlock, request is null) switch
    {
        (true, false) => CertificateOrderRejections.RequestUnwanted,
        (false, true) => RequestRejections.RequestMalformed,
        _ => null,
    };
}
