using System.Security.Cryptography;
using Seal.Documents.Judging;
using Seal.Documents.Ses;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Keys;
using Seal.Service.Problems;
using Seal.Service.Projections;

namespace Seal.Service.Verification;

/// <summary>
/// Answers from the ledger whether a signature was recorded, and in what state seal, holding and certificate were at the very
/// position where it stands.
/// </summary>
public sealed class LedgerRegister(EventLedger ledger, StreamLoader loader, Editions editions, CertificateDesk certificates, TimeProvider clock) : ISealRegister
{
    /// <inheritdoc/>
    public async ValueTask<RegisterFinding> FindAsync(SignatureFacts signature, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(signature);
        try
        {
            return await SigningOfAsync(signature, cancellation) is { } signing ? await TellAsync(signing, signature, cancellation) : RegisterFinding.NotRecorded;
        }
        catch (LedgerUnavailableException)
        {
            return RegisterFinding.NotReachable;
        }
    }

    private async Task<SigningId?> SigningOfAsync(SignatureFacts signature, CancellationToken cancellation)
    {
        if (signature.Receipt is { } receipt)
        {
            // Whoever signs writes what they like into a receipt.
            return receipt.Origin == ledger.Origin && receipt.SigningId.Length > 0 && receipt.SigningId.All(char.IsAsciiLetterOrDigit) ? SigningId.From(receipt.SigningId) : null;
        }

        var query = new ProjectionQuery(SealProjections.Signings)
        {
            Filters = [new ProjectionFilter.Is("state.signedDigest", Convert.ToHexStringLower(signature.SignedBytesDigest.Span))],
            Limit = 1,
        };
        return (await ledger.Projections.QueryAsync(query, cancellation)).Rows is [var row] ? SigningId.From(row.Key) : null;
    }

    private async Task<RegisterFinding> TellAsync(SigningId id, SignatureFacts signature, CancellationToken cancellation)
    {
        var events = (await ledger.ReadStreamsAsync([id.Stream.ToString()], ReadUntil.All, cancellation))[id.Stream.ToString()];
        if (events.Count == 0)
        {
            return RegisterFinding.NotRecorded;
        }

        // What is not provably what was recorded is not even read.
        if (!await AreProvenAsync(events, cancellation))
        {
            return new RegisterFinding { Answer = RegisterAnswer.Known, Position = events[^1].Position, InclusionProofHolds = false };
        }

        var signing = events.Aggregate(Signing.Initial, (state, recorded) => state.Apply(StreamLoader.Facts(recorded)));
        // What came after the sealing, such as a renewal of the evidence, changes nothing in what was in order then.
        var ended = events.LastOrDefault(recorded => StreamLoader.Facts(recorded) is SigningSealed) ?? events[^1];
        var then = await StatesAsync(signing, ReadUntil.Position(ended.Position), cancellation);
        var today = await StatesAsync(signing, ReadUntil.All, cancellation);
        var reasons = Reasons(signing, then, signature, ended.RecordedAt).Select(Tell).ToList();
        var seal = then.Get<ElectronicSeal>(signing.Seal.Stream);
        return new RegisterFinding
        {
            Answer = RegisterAnswer.Known,
            InOrder = reasons.Count == 0,
            Reasons = reasons,
            Seal = new SealFacts(
                signing.Seal.Value,
                seal.Name,
                then.Get<Organisation>(signing.Organisation.Stream).Name,
                StateOf(seal, ended.RecordedAt),
                StateOf(today.Get<ElectronicSeal>(signing.Seal.Stream), clock.GetUtcNow()),
                ended.Position),
            Position = ended.Position,
            RecordedAt = ended.RecordedAt,
            RecordedDigestMatches = signing.SignedDigest.Length == 0 ? null : signing.SignedDigest == Convert.ToHexStringLower(signature.SignedBytesDigest.Span),
            InclusionProofHolds = true,
            SealDataHolds = await SealDataHoldsAsync(signing, cancellation),
        };
    }

    private Task<States> StatesAsync(Signing signing, ReadUntil until, CancellationToken cancellation)
    {
        StreamId[] streams = [signing.Seal.Stream, signing.Organisation.Stream, (signing.Holding ?? default).Stream, (signing.Certificate ?? default).Stream];
        return loader.LoadAsync([.. streams.Where(stream => !stream.IsNone)], States.None, until, cancellation);
    }

    private static IEnumerable<string> Reasons(Signing signing, States then, SignatureFacts signature, DateTimeOffset at)
    {
        if (signing is not { Status: SigningStatus.Sealed, Holding: { } holdingId, Certificate: { } certificateId })
        {
            // The signature exists although its recording was refused, or never came: it must not count.
            yield return "signing-not-recorded";
            yield break;
        }

        if (then.Get<ElectronicSeal>(signing.Seal.Stream).WhyNotUsable(at) is { } seal)
        {
            yield return seal.Code;
        }

        if (then.Get<Holding>(holdingId.Stream) is var holding && (holding.Status != HoldingStatus.Claimed || at >= holding.Until))
        {
            yield return holding.Status switch
            {
                HoldingStatus.Withdrawn => HoldingRejections.HoldingWithdrawn.Code,
                HoldingStatus.Unbound => UkeyRejections.UkeyNotBound.Code,
                _ => HoldingRejections.HoldingExpired.Code,
            };
        }

        var certificate = then.Get<Certificate>(certificateId.Stream);
        if (certificate.WhyNotInForce(at) is { } notInForce)
        {
            yield return notInForce.Code;
        }

        // The number alone is not enough: another authority may give the same.
        if (certificate.Digest != signature.SignerThumbprint)
        {
            yield return "signer-not-recorded";
        }
    }

    private async Task<bool> AreProvenAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        try
        {
            var checkpoint = await ledger.CheckpointAsync(cancellation);
            foreach (var recorded in events)
            {
                if (!(await ledger.ProveInclusionAsync(recorded.Position, checkpoint.Head.Size, cancellation)).Proves(recorded.ToLeaf(), checkpoint.Head))
                {
                    return false;
                }
            }

            return true;
        }
        catch (LedgerCorruptException)
        {
            return false;
        }
    }

    private async Task<bool?> SealDataHoldsAsync(Signing signing, CancellationToken cancellation)
    {
        if (signing is not { Edition: > 0, Certificate: { } certificateId } || await certificates.FindAsync(certificateId, cancellation) is not { } certificate)
        {
            return null;
        }

        await foreach (var recorded in ledger.ReadStreamAsync(signing.Seal.Stream.ToString(), ReadUntil.All, cancellation))
        {
            if (StreamLoader.Facts(recorded) is EditionMade made && made.Number == signing.Edition)
            {
                // Seal data that show a person may have been erased with the person.
                return await editions.FindAsync(signing.Seal, made.Digest, cancellation) is not { } data ? null : Convert.ToHexStringLower(SHA256.HashData(data)) == made.Digest && SesSealData.Parse(data).Lists(certificate);
            }
        }

        return false;
    }

    private static Reason Tell(string code) => new(code, ProblemTexts.Get(code, "zh").Title, ProblemTexts.Get(code, "en").Title);

    // A seal whose term is over is not active, although no event says so.
    private static string StateOf(ElectronicSeal seal, DateTimeOffset at) => seal.Status == SealStatus.Active && at >= seal.ValidUntil
        ? "expired"
        : System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(seal.Status.ToString());
}
