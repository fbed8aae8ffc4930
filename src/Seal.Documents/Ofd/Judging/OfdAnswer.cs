using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Documents.Ofd;
using Seal.Documents.Ses;

namespace Seal.Documents.Judging;

/// <summary>Puts the answer about one signature together.</summary>
internal static class OfdAnswer
{
    /// <param name="signed">The signature.</param>
    /// <param name="signer">Whose it is, if that is known.</param>
    /// <param name="time">When it was signed.</param>
    /// <param name="checks">The rows there are, in order; those left out were not checked.</param>
    /// <param name="options">By what.</param>
    public static SignatureJudgement Of(OfdSigned signed, Certificate? signer, SigningTime? time, IReadOnlyList<Check> checks, JudgeOptions options)
    {
        Check[] all = [.. Enum.GetValues<CheckName>().Select(name => checks.FirstOrDefault(check => check.Name == name) ?? Check.NotMade(name))];
        (var verdict, var sub) = VerdictTable.Of(all, options.RequireLedger);
        var holds = new[] { CheckName.Digest, CheckName.SignatureValue }.All(name => all[(int)name].Result == CheckResult.Passed);
        return new SignatureJudgement
        {
            Id = signed.Listed.Id,
            Kind = signed.Container.Kind,
            Verdict = verdict,
            SubIndication = sub,
            Signer = signer is null ? null : Describe(signer),
            SignedAt = time?.At,
            TimeSource = time?.Source ?? TimeSource.None,
            Seal = null,
            Checks = all,
            LaterChanges = [],
            SignedLength = null,
            SealData = signed.Container.Ses is { } ses ? Describe(ses.SealData, holds) : null,
            Places = signed.Signature is { } signature ? [.. signature.Stamps.Where(static stamp => stamp.Boundary is not null).Select(stamp => Place(signed.Listed.Body, stamp))] : [],
        };
    }

    private static StampPlace Place(OfdBody body, OfdStamp stamp)
    {
        var box = stamp.Boundary!.Value;
        var page = stamp.PageId.Length > 0 ? body.Pages.FirstOrDefault(page => page.Id == stamp.PageId) : null;
        return new StampPlace(page?.Number, box.X, box.Y, box.Width, box.Height, stamp.Clip is { } clip ? [clip.X, clip.Y, clip.Width, clip.Height] : null);
    }

    internal static SignerFacts Describe(Certificate certificate) => new(
        certificate.Subject.ToString(),
        certificate.Issuer.ToString(),
        certificate.SerialNumberText.ToLowerInvariant(),
        certificate.Thumbprint,
        certificate.NotBefore.ToUniversalTime(),
        certificate.NotAfter.ToUniversalTime());

    internal static SealDataFacts Describe(SesSealData seal, bool holds) => new(
        seal.SealId,
        seal.Name,
        seal.Version,
        Maker(seal),
        seal.ValidFrom.ToUniversalTime(),
        seal.ValidUntil.ToUniversalTime(),
        holds ? new SealPicture(seal.Picture.Type, seal.Picture.WidthMm, seal.Picture.HeightMm, seal.Picture.Data) : null);

    private static string? Maker(SesSealData seal)
    {
        try
        {
            return Certificate.Parse(seal.MakerCertificate).Subject.ToString();
        }
        catch (DerFormatException)
        {
            return null; // the seal data row says so
        }
    }
}
