using Seal.Documents.Judging;
using Seal.Service.Keys;
using Seal.Service.Pki;

namespace Seal.Service.Verification;

/// <summary>Judges documents with what this service trusts, its revocation lists and its ledger.</summary>
public sealed class DocumentJudge(Authorities authorities, RevocationLists lists, ISealRegister register, TrustedRoots trusted, TimeProvider clock)
{
    /// <summary>Judges a document.</summary>
    /// <exception cref="Documents.Pdf.PdfFormatException">It is no package, and no PDF that can be read.</exception>
    /// <exception cref="Documents.Ofd.OfdFormatException">It is a package, but no OFD that can be read.</exception>
    public async Task<Judgement> JudgeAsync(string name, Stream content, CancellationToken cancellation)
    {
        var published = await lists.GetAsync(cancellation);
        var options = new JudgeOptions
        {
            FileName = name,
            TrustAnchors = [.. authorities.Roots, .. trusted.Certificates],
            TimestampAnchors = [.. authorities.Roots, .. trusted.Certificates],
            SealMakerAnchors = [.. authorities.Roots, .. trusted.Certificates],
            Intermediates = authorities.Intermediates,
            Revocation = published.Evidence,
            Register = register,
            Clock = clock,
        };
        return await FileJudge.JudgeAsync(content, options, cancellation);
    }
}
