using System.Security.Cryptography;
using Seal.Cryptography;
using Seal.Documents.Judging;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Ledger.Evidence;
using Seal.Ledger.Receipts;
using Certificate = Seal.Cryptography.Certificates.Certificate;

namespace Seal.Cli.Receipts;

/// <summary>
/// What a proven receipt tells of one signing. That the seal, the right to it and the certificate were in order is what the log says
/// by having <c>signing.sealed</c>: it takes that event only while all three are at the versions that the rules allowed.
/// </summary>
internal sealed class SealedReceipt
{
    private readonly ProvenReceipt _proven;
    private readonly Signing _signing;
    private readonly RecordedEvent _sealed;
    private readonly CertificateIssued _issued;
    private readonly EditionMade _edition;
    private readonly string _sealName;

    private SealedReceipt(ProvenReceipt proven)
    {
        _proven = proven;
        Id = StreamId.Parse(proven.Receipt.About);
        var own = proven.Events.Where(recorded => recorded.Stream == proven.Receipt.About).ToList();
        if (Id.Type != SigningId.StreamType || own.Where((recorded, i) => recorded.Version != i + 1).Any())
        {
            throw Incomplete("The signing's events are not all there.");
        }

        _signing = own.Aggregate(Signing.Initial, (state, recorded) => state.Apply(Facts(recorded)));
        if (_signing is not { Status: SigningStatus.Sealed, Certificate: { } certificate })
        {
            throw Incomplete("The signing was not completed.");
        }

        _sealed = own.Last(recorded => Facts(recorded) is SigningSealed);
        _issued = First<CertificateIssued>(certificate.Stream, _ => true);
        _edition = First<EditionMade>(_signing.Seal.Stream, made => made.Number == _signing.Edition);
        Intermediates = [.. proven.Receipt.Materials.Where(material => material.Kind == EvidenceMaterialKind.Authority).Select(material => Certificate.Parse(material.Content!.Value))];
        _sealName = First<SealApplied>(_signing.Seal.Stream, _ => true).Name;
    }

    /// <summary>The signing.</summary>
    public StreamId Id { get; }

    /// <summary>Certificates that may stand between signers and trusted roots; none is trusted by itself.</summary>
    public IReadOnlyList<Certificate> Intermediates { get; }

    /// <summary>Reads a file and checks it.</summary>
    /// <exception cref="ReceiptException">It proves nothing.</exception>
    public static SealedReceipt Read(ReadOnlySpan<byte> file, ReceiptTrust trust)
    {
        var proven = ProvenReceipt.Of(LogReceipt.Parse(file), trust);
        try
        {
            return new SealedReceipt(proven);
        }
        catch (DerFormatException unreadable)
        {
            throw new ReceiptException(ReceiptFlaw.MaterialAltered, "A certificate cannot be read.", unreadable);
        }
        catch (Exception unknown) when (unknown is FormatException or System.Text.Json.JsonException or NotSupportedException or UnknownEventException or ArgumentException)
        {
            throw new ReceiptException(ReceiptFlaw.Incomplete, "An event is of no kind that this version knows.", unknown);
        }
    }

    /// <summary>Whether it is of this signature: the one names the other.</summary>
    public bool IsOf(SignatureFacts signature) => signature.Receipt is { } named
        ? named.Origin == _proven.Origin && named.SigningId == Id.Key && named.SealId == _signing.Seal.Value
        : _signing.SignedDigest.Length > 0 && _signing.SignedDigest == Convert.ToHexStringLower(signature.SignedBytesDigest.Span);

    /// <summary>What it tells of its signature, as the log itself would.</summary>
    public RegisterFinding Tell(SignatureFacts signature)
    {
        if (!_proven.IsSigned)
        {
            return RegisterFinding.NotRecorded with { Reasons = [ReceiptProblems.Unsigned] };
        }

        var isSigners = _issued.Digest == signature.SignerThumbprint;
        return new RegisterFinding
        {
            Answer = RegisterAnswer.Known,
            InOrder = isSigners,
            Reasons = isSigners ? [] : [ReceiptProblems.OtherSigner],
            Seal = new SealFacts(_signing.Seal.Value, _sealName, _signing.Organisation.Value, "active", "unknown", _sealed.Position),
            Position = _sealed.Position,
            RecordedAt = _sealed.RecordedAt,
            RecordedDigestMatches = _signing.SignedDigest == Convert.ToHexStringLower(signature.SignedBytesDigest.Span),
            InclusionProofHolds = true,
            Witnesses = [.. _proven.Cosignatures.Select(cosignature => $"{cosignature.Witness} {cosignature.At.UtcDateTime:O}")],
            SealDataHolds = SealDataHold(),
        };
    }

    /// <summary>Whether the seal data are those of the edition, and it lists the certificate; null when they were left out.</summary>
    private bool? SealDataHold()
    {
        if (_proven.Receipt.Materials.FirstOrDefault(material => material.Kind == EvidenceMaterialKind.SealData)?.Content is not { } data)
        {
            return null;
        }

        return Convert.ToHexStringLower(SHA256.HashData(data.Span)) == _edition.Digest && _edition.Signers.Values.Contains(_signing.Certificate!.Value);
    }

    private TEvent First<TEvent>(StreamId stream, Func<TEvent, bool> fits) where TEvent : class, IEvent =>
        _proven.Events.Where(recorded => recorded.Stream == stream.ToString()).Select(Facts).OfType<TEvent>().FirstOrDefault(fits)
            ?? throw Incomplete($"There is no {typeof(TEvent).Name}.");

    private static IEvent Facts(RecordedEvent recorded) => EventCatalog.Deserialize(recorded.Type, recorded.Body.Span);

    private static ReceiptException Incomplete(string what) => new(ReceiptFlaw.Incomplete, what);
}
