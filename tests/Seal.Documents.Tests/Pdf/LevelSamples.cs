using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Judging;

namespace Seal.Documents.Tests.Pdf;

/// <summary>Documents sealed at a level, and what other people's tools say of them.</summary>
public static class LevelSamples
{
    public static SealStrength Strength(TestAuthority authority, TestStamper stamper, PadesLevel level)
    {
        TestAuthority[] all = [authority, TestAuthority.Rsa, TestAuthority.Ecdsa];
        return new SealStrength
        {
            Level = level,
            Timestamps = stamper,
            Material = new KnownValidationMaterial(
                [.. all.SelectMany(one => new[] { one.Issuing, one.Root }).Distinct()], [.. all.Distinct().SelectMany(one => one.AllCrls())], []),
        };
    }

    public static async Task<(byte[] File, SealOutcome Outcome)> Seal(byte[] file, TestAuthority authority, SealStrength strength, MemoryStream? destination = null)
    {
        var company = authority.Issue("Example Company");
        using MemoryStream source = new(file, writable: false);
        var written = destination ?? new MemoryStream();
        var outcome = await PdfSealer.SealAsync(
            source,
            written,
            SealingSamples.Request(),
            new SealSigning
            {
                Signer = company.Key,
                Certificate = company.Certificate,
                Chain = [authority.Issuing],
                Strength = strength,
                Format = authority.Algorithm == SignatureAlgorithm.Sm2Sm3 ? SealFormat.GmSignedData : SealFormat.Pades,
                ExtraSignedAttributes = [(SealReceipt.AttributeOid, SignedSamples.Receipt.Encode())],
            },
            TestContext.Current.CancellationToken);
        return (written.ToArray(), outcome);
    }

    public static async Task<(byte[] File, ExtensionOutcome Outcome)> Extend(byte[] file, SealStrength strength)
    {
        using MemoryStream source = new(file, writable: false);
        using MemoryStream destination = new();
        var outcome = await PdfLongTerm.ExtendAsync(source, destination, strength, PdfLimits.Default, TestContext.Current.CancellationToken);
        return (destination.ToArray(), outcome);
    }

    public static JudgeOptions Options(TestAuthority authority) => SignedSamples.Options(authority) with
    {
        TimestampAnchors = [TestAuthority.Rsa.Root, TestAuthority.Ecdsa.Root],
        Revocation = new CrlEvidence([.. authority.AllCrls(), .. TestAuthority.Rsa.AllCrls(), .. TestAuthority.Ecdsa.AllCrls()]),
    };

    /// <summary>pdfsig finds so many signatures, all valid, and time stamps, which it does not judge; qpdf and mutool have no complaint.</summary>
    public static async Task ShouldBeGoodToOthers(byte[] file, int signatures, int timestamps = 0)
    {
        using Tool tool = new();
        var path = tool.Save("sealed.pdf", file);
        (var pdfsig, var output) = await tool.Run("pdfsig", "-nocert", path);
        output.Split("Signature is Valid.").Length.ShouldBe(signatures + 1, $"pdfsig {pdfsig}: {output}");
        output.Split("Unable to validate this type of signature").Length.ShouldBe(timestamps + 1, output);
        output.ShouldContain($"Signature #{signatures + timestamps}:");
        output.ShouldNotContain($"Signature #{signatures + timestamps + 1}:");
        (var qpdf, var complaint) = await tool.Run("qpdf", "--check", path);
        (qpdf, complaint.Contains("WARNING", StringComparison.Ordinal)).ShouldBe((0, false), complaint);
        (var mutool, var errors) = await tool.Run("mutool", "draw", "-q", "-o", tool.Path("page.png"), path, "1");
        mutool.ShouldBe(0, errors);
        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.Contains("ICC support", StringComparison.Ordinal));
    }
}
