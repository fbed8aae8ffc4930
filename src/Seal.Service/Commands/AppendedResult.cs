using System.Text;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Keys;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.Effects;
using Seal.Service.Keys;
using Seal.Service.Projections;
using Seal.Service.Views;

namespace Seal.Service.Commands;

/// <summary>The answer to a command that was carried out: the stream's new version as <c>ETag</c>, and where it stands in the ledger.</summary>
public sealed class AppendedResult(CommandAnswer answer, bool created) : IResult
{
    private static readonly string Requested = EventCatalog.WireNameOf(typeof(DeviceSigningRequested));
    private static readonly HashSet<string> OfCertificates = [.. new[] { typeof(CertificateSuspended), typeof(CertificateReinstated), typeof(CertificateRevoked) }.Select(EventCatalog.WireNameOf)];
    private static readonly string Prepared = EventCatalog.WireNameOf(typeof(SigningPrepared));

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.Headers.ETag = $"\"{answer.Version}\"";
        if (created)
        {
            response.StatusCode = StatusCodes.Status201Created;
            response.Headers.Location = $"/api/{answer.Target.Type}s/{Uri.EscapeDataString(answer.Target.Key)}";
        }

        var bytes = httpContext.RequestServices.GetRequiredService<DeviceBytes>();
        var views = httpContext.RequestServices.GetRequiredService<ViewReader>();
        var receipt = Describe(await ToSignAsync(bytes, httpContext.RequestAborted)) with { Notice = await NoticeAsync(views, httpContext.RequestAborted) };
        await response.WriteAsJsonAsync(receipt, DomainJson.Options, httpContext.RequestAborted);
    }

    private async Task<ToSign?> ToSignAsync(DeviceBytes bytes, CancellationToken cancellation)
    {
        var facts = (answer.Appended?.Events ?? []).Where(recorded => recorded.Type == Prepared || recorded.Type == Requested).Select(StreamLoader.Facts).ToList();
        return facts is [DeviceSigningRequested requested, SigningPrepared prepared]
            ? ToSign.Of(prepared, await bytes.FillAsync(requested.Seal, prepared.Edition, prepared.SignedAttributes, cancellation))
            : null;
    }

    private async Task<AuthorityNotice?> NoticeAsync(ViewReader views, CancellationToken cancellation) =>
        answer.Appended?.Events.FirstOrDefault(recorded => OfCertificates.Contains(recorded.Type)) is { } changed
            ? (await views.FindAsync<Certificate>(SealProjections.Certificates, StreamId.Parse(changed.Stream).Key, cancellation))?.State.Notice
            : null;

    private CommandReceipt Describe(ToSign? toSign) => new(
        answer.Target.Key,
        answer.Target.ToString(),
        answer.Version,
        answer.Appended is { Events.Count: > 0 } appended ? appended.Events[^1].Position : null,
        [.. (answer.Appended?.Events ?? []).Select(recorded => new RecordedFact(recorded.Position, recorded.Stream, recorded.Version, recorded.Type, recorded.RecordedAt))],
        answer.Appended?.Proof is { } proof ? ProofDescription.Of(proof, answer.Appended.Events) : null,
        toSign);
}

/// <summary>What a command's answer says.</summary>
/// <param name="Id">The key of the stream addressed or begun.</param>
/// <param name="Stream">That stream.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Position">The position of the last event in the ledger; absent when nothing had to be recorded.</param>
/// <param name="Events">What was recorded.</param>
/// <param name="Proof">Inclusion proofs under a signed checkpoint, when asked for with <c>Prefer: ledger-proof</c>.</param>
/// <param name="ToSign">What a device has to sign, when a signing was prepared for one.</param>
/// <param name="Notice">Whether the outside authority knows by now that its certificate was suspended, reinstated or revoked, when one was.</param>
public sealed record CommandReceipt(
    string Id, string Stream, long Version, long? Position, IReadOnlyList<RecordedFact> Events, ProofDescription? Proof, ToSign? ToSign = null, AuthorityNotice? Notice = null);

/// <summary>What a device has to sign; its signature is sent to <c>/api/signings/{id}/complete</c>.</summary>
/// <param name="SignedAttributes">The bytes that are signed: the signed attributes (RFC 5652 §5.4), or TBS_Sign with the seal data (GB/T 38540), DER in base64.</param>
/// <param name="Digest">Their digest, for devices that take one, lower-case hex: SHA-256, of SM2 keys the SM3 without the signer's identity.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="Certificate">The serial number of the certificate whose key has to sign.</param>
/// <param name="ExpiresAt">From when the signature comes too late (UTC).</param>
public sealed record ToSign(string SignedAttributes, string Digest, KeyAlgorithm Algorithm, string Certificate, DateTimeOffset ExpiresAt)
{
    /// <summary>Tells it from the event that prepared it.</summary>
    /// <param name="prepared">The event.</param>
    /// <param name="toBeSigned">The bytes that are signed.</param>
    public static ToSign Of(SigningPrepared prepared, byte[] toBeSigned)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        var digest = HolderKeys.AlgorithmOf(prepared.Algorithm).Digest().HashData(toBeSigned);
        return new(Convert.ToBase64String(toBeSigned), Convert.ToHexStringLower(digest), prepared.Algorithm, prepared.Certificate.Value, prepared.ExpiresAt);
    }
}

/// <summary>One recorded event, without what it says.</summary>
public sealed record RecordedFact(long Position, string Stream, long Version, string Type, DateTimeOffset RecordedAt);

/// <summary>Inclusion proofs of a command's events.</summary>
/// <param name="Checkpoint">The signed checkpoint, a C2SP signed note.</param>
/// <param name="Inclusions">A proof for each event, in order.</param>
public sealed record ProofDescription(string Checkpoint, IReadOnlyList<InclusionDescription> Inclusions)
{
    /// <summary>Describes the proof that came with an append.</summary>
    public static ProofDescription Of(AppendProof proof, IReadOnlyList<RecordedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return new(proof.Checkpoint.Note, [.. proof.Inclusions.Zip(events, InclusionDescription.Of)]);
    }
}

/// <summary>An RFC 6962 inclusion proof with the exact bytes of its leaf.</summary>
/// <param name="Position">The leaf's index.</param>
/// <param name="TreeSize">The size of the tree it is proven in.</param>
/// <param name="Leaf">The leaf: the event's canonical envelope, as text.</param>
/// <param name="Hashes">The audit path, base64.</param>
public sealed record InclusionDescription(long Position, long TreeSize, string Leaf, IReadOnlyList<string> Hashes)
{
    /// <summary>Describes one proof.</summary>
    public static InclusionDescription Of(InclusionProof proof, RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(recorded);
        return new(proof.Position, proof.TreeSize, Encoding.UTF8.GetString(recorded.ToLeaf()), [.. proof.Hashes.Select(hash => Convert.ToBase64String(hash.Span))]);
    }
}
