using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;
using Seal.Service.Keys;
using Seal.Service.Pki;

namespace Seal.Service.Verification;

/// <summary>Judges documents with what a policy trusts, this service's revocation lists and its ledger.</summary>
public sealed class DocumentJudge(Authorities authorities, IssuerFollower follower, RevocationLists lists, ISealRegister register, RevocationAccess access, TimeProvider clock)
{
    /// <summary>Judges a document.</summary>
    /// <param name="name">The file's name, for the answer.</param>
    /// <param name="content">Readable and seekable.</param>
    /// <param name="policy">Whom to trust with what.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="Documents.Pdf.PdfFormatException">It is no package, and no PDF that can be read.</exception>
    /// <exception cref="Documents.Ofd.OfdFormatException">It is a package, but no OFD that can be read.</exception>
    public async Task<Judgement> JudgeAsync(string name, Stream content, TrustPolicy policy, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(policy);
        await follower.FollowAsync(cancellation);
        var published = await lists.GetAsync(cancellation);
        IReadOnlyList<Certificate> own = policy.OwnAuthorities ? [.. authorities.Roots] : [];
        var options = new JudgeOptions
        {
            FileName = name,
            TrustAnchors = [.. own, .. policy.Signers],
            TimestampAnchors = [.. own, .. policy.Timestamps],
            SealMakerAnchors = [.. own, .. policy.SealMakers],
            Intermediates = authorities.Intermediates,
            Revocation = published.Evidence,
            RevocationSource = access.Open(),
            Register = register,
            Clock = clock,
        };
        return await FileJudge.JudgeAsync(content, options, cancellation);
    }
}
