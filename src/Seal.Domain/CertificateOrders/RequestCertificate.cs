using System.Globalization;
using System.Text.Json.Serialization;
using Seal.Domain.CertificateKinds;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.CertificateOrders;

/// <summary>
/// Orders a certificate, or work on the medium of one. The key is made by whoever orders; its certification request shows that they have it.
/// The certificate on a lost medium is suspended at once.
/// </summary>
/// <param name="Business">What is wanted.</param>
/// <param name="Kind">What kind of certificate it is, by its name in the file of kinds.</param>
/// <param name="Authority">The certificate authority, by its name in the settings: <c>embedded</c> or an outside one.</param>
/// <param name="Materials">The papers; which are needed depends on <paramref name="Business"/> and <paramref name="Kind"/>.</param>
/// <param name="Request">The PKCS#10 certification request (RFC 2986), DER in base64; for a certificate.</param>
/// <param name="Certificate">The certificate that the order is about; for all but a first one.</param>
/// <param name="Person">Whose certificate it is to be; for those of persons.</param>
/// <param name="Organisation">Who orders; <c>null</c> when a person does, for themselves.</param>
public sealed record RequestCertificate(
    OrderBusiness Business,
    string Kind,
    string Authority,
    IReadOnlyList<OrderMaterial> Materials,
    string? Request = null,
    CertificateId? Certificate = null,
    PersonId? Person = null,
    OrganisationId? Organisation = null) : ICommand<RequestCertificate>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(CertificateOrderId.StreamType, Role.OwnerSide | Role.Oneself)
    {
        Creates = true,
        NeedsProof = true,
        Unknown = OrganisationRejections.OrganisationUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => new CertificateOrderId(facts.NewKey).Stream;

    /// <inheritdoc/>
    public StreamId Subject(Facts facts) => Organisation is { } organisation ? organisation.Stream : facts.Actor.Person.Stream;

    /// <inheritdoc/>
    public StreamId Oneself(States states, Facts facts) => Organisation is null ? (Person ?? default).Stream : default;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) =>
        [(Certificate ?? default).Stream, .. known.Get<Certificate>((Certificate ?? default).Stream) is var old ? new[] { old.Seal.Stream, old.Pair.Stream } : [], (Person ?? default).Stream];

    /// <inheritdoc/>
    public static Decision Decide(RequestCertificate command, States states, Facts facts)
    {
        var id = new CertificateOrderId(facts.NewKey);
        if (facts.Settings.CertificateKinds.Find(command.Kind) is not { } kind)
        {
            return CertificateOrderRejections.KindUnknown;
        }

        if (Refuse(command, kind, states, facts) is { } refused)
        {
            return refused;
        }

        return Examination.Of(new ExamineOrder(id, facts.Actor.Person, command.Organisation is null ? command.Person : null, command.Request, command.Materials), kind, facts, examined =>
        {
            var submitted = Decision.Of(id.Stream, new CertificateOrderSubmitted(
                facts.Actor.Person, command.Business, command.Kind, command.Authority, examined.Materials,
                WorkingDays.After(facts.Now, kind.ReviewDays), command.Person, command.Certificate, examined.Algorithm, examined.RequestDigest, command.Organisation));
            var suspended = new CertificateSuspended(facts.Actor.Person, false);
            return command is { Business: OrderBusiness.LostMedium, Certificate: { } lost } && states.Get<Certificate>(lost.Stream) is { Status: CertificateStatus.Active } former
                ? submitted.And(lost.Stream, suspended).And(former.ToPair(states, suspended, CertificateStatus.Active))
                : submitted;
        });
    }

    private static Rejection? Refuse(RequestCertificate command, CertificateKind kind, States states, Facts facts)
    {
        var refused = Examination.JudgeHolder(command.Organisation, kind);
        refused ??= Examination.JudgeAuthority(command.Authority, kind, facts);
        refused ??= JudgePredecessor(command, states);
        refused ??= JudgePerson(command, kind, states);
        refused ??= JudgeTime(command, kind, states, facts);
        refused ??= Examination.JudgeRequest(command.Business, command.Request);
        return refused ?? OrderMaterial.Judge(command.Materials, command.Business, kind);
    }

    private static Rejection? JudgeTime(RequestCertificate command, CertificateKind kind, States states, Facts facts)
    {
        if (command is not { Business: OrderBusiness.Renewal, Certificate: { } id })
        {
            return null;
        }

        var end = states.Get<Certificate>(id.Stream).NotAfter;
        var (from, until) = (end.AddDays(-kind.Renewal.DaysBefore), end.AddDays(kind.Renewal.DaysAfter));
        return facts.Now < from ? CertificateOrderRejections.CertificateRenewalTooEarly.With("from", Day(from))
            : facts.Now > until ? CertificateOrderRejections.CertificateRenewalTooLate.With("until", Day(until))
            : null;
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Rejection? JudgePredecessor(RequestCertificate command, States states)
    {
        if (command.Certificate is not { } id)
        {
            return command.Business == OrderBusiness.New ? null : CertificateOrderRejections.PredecessorMismatch;
        }

        var certificate = states.Get<Certificate>(id.Stream);
        var owner = certificate.Seal.Stream.IsNone ? certificate.Organisation : states.Get<ElectronicSeal>(certificate.Seal.Stream).Organisation;
        return certificate.Status switch
        {
            _ when command.Business == OrderBusiness.New => CertificateOrderRejections.PredecessorMismatch,
            CertificateStatus.None => CertificateRejections.CertificateUnknown with { Field = "certificate" },
            _ when owner != (command.Organisation ?? default) || (command.Organisation is null && certificate.Person != command.Person) => CertificateOrderRejections.CertificateOfOther,
            _ when certificate.IsForEncryption && command.Business != OrderBusiness.Unlock => CertificateOrderRejections.PredecessorMismatch,
            CertificateStatus.Revoked => CertificateRejections.CertificateRevoked with { Field = "certificate" },
            CertificateStatus.Suspended when command.Business is OrderBusiness.Renewal or OrderBusiness.Change => CertificateRejections.CertificateSuspended with { Field = "certificate" },
            _ when command.Business == OrderBusiness.Unlock => null,
            _ when !certificate.Seal.Stream.IsNone => CertificateOrderRejections.CertificateOfSeal,
            _ when certificate.Kind != command.Kind => CertificateOrderRejections.KindDiffers,

            // Its keys go on to the next one: that is for the same person, or for nobody either.
            _ when certificate.Person != (command.Person ?? default) => CertificateOrderRejections.CertifiedPersonMismatch,
            _ => null,
        };
    }

    private static Rejection? JudgePerson(RequestCertificate command, CertificateKind kind, States states)
    {
        // An organisation has a medium unlocked, whoever is in the certificate on it; a person has their own.
        var ofPerson = kind.NamesPerson && (command.Business != OrderBusiness.Unlock || command.Organisation is null);
        return ofPerson == (command.Person is not null) && (command.Person is not { } person || states.Get<Person>(person.Stream).IsRegistered)
            ? null
            : CertificateOrderRejections.CertifiedPersonMismatch;
    }
}

/// <summary>A certificate is ordered, or work on its medium.</summary>
/// <param name="Organisation">Who orders; <c>null</c> when a person does, for themselves.</param>
/// <param name="By">Who handed it in.</param>
/// <param name="Business">What is wanted.</param>
/// <param name="Kind">What kind of certificate it is, by its name in the file of kinds.</param>
/// <param name="Authority">The certificate authority chosen.</param>
/// <param name="Materials">The papers handed in.</param>
/// <param name="ReviewBy">Until when it is to be reviewed (UTC).</param>
/// <param name="Person">The person in the certificate.</param>
/// <param name="Certificate">The certificate that the order is about.</param>
/// <param name="Algorithm">The algorithm of the key to be certified.</param>
/// <param name="RequestDigest">SHA-256 (hex) of the certification request (DER).</param>
[EventName("certificate-order.submitted")]
public sealed record CertificateOrderSubmitted(
    PersonId By,
    OrderBusiness Business,
    string Kind,
    string Authority,
    IReadOnlyList<RecordedMaterial> Materials,
    DateTimeOffset ReviewBy,
    PersonId? Person = null,
    CertificateId? Certificate = null,
    KeyAlgorithm? Algorithm = null,
    string? RequestDigest = null,
    [property: JsonPropertyOrder(-1)] OrganisationId? Organisation = null) : IEvent;
