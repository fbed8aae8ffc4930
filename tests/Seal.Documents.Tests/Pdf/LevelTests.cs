using System.Text;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Judging;

namespace Seal.Documents.Tests.Pdf;

/// <summary>PAdES B-T, B-LT and B-LTA, as other people's tools see them.</summary>
public sealed class LevelTests
{
    private static readonly TestStamper Stamper = new();

    [Theory]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256, PadesLevel.T, SampleForm.Table)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256, PadesLevel.T, SampleForm.ObjectStreams)]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256, PadesLevel.LT, SampleForm.Hybrid)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256, PadesLevel.LT, SampleForm.XrefStream)]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256, PadesLevel.LTA, SampleForm.Table)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256, PadesLevel.LTA, SampleForm.ObjectStreams)]
    [InlineData(SignatureAlgorithm.EcdsaP384Sha384, PadesLevel.LTA, SampleForm.Table)]
    public async Task A_seal_reaches_its_level_and_every_signature_is_valid(SignatureAlgorithm algorithm, PadesLevel level, SampleForm form)
    {
        var authority = TestAuthority.Of(algorithm);
        var original = new SamplePdf { Form = form }.Build();
        (var file, var outcome) = await LevelSamples.Seal(original, authority, LevelSamples.Strength(authority, Stamper, level));

        outcome.Level.ShouldBe(level);
        outcome.StampedAt.ShouldBe(Stamper.Now);
        outcome.Shortfall.ShouldBeNull();
        file.AsSpan(0, original.Length).SequenceEqual(original).ShouldBeTrue("earlier bytes were touched");
        await LevelSamples.ShouldBeGoodToOthers(file, 1, level == PadesLevel.LTA ? 1 : 0);

        var judged = await SignedSamples.Judge(file, LevelSamples.Options(authority));
        judged.Signatures.Count.ShouldBe(level == PadesLevel.LTA ? 2 : 1);
        judged.Verdict.ShouldBe(Verdict.TotalPassed, string.Join(' ', judged.Signatures.SelectMany(signature => signature.Checks).Select(check => check.Reason.Code)));
        judged.Signatures[0].TimeSource.ShouldNotBe(TimeSource.Claimed);
    }

    [Fact]
    public async Task A_long_term_seal_carries_certificates_lists_and_answers_of_signer_and_stamper()
    {
        var authority = TestAuthority.Ecdsa;
        (var file, _) = await LevelSamples.Seal(new SamplePdf().Build(), authority, LevelSamples.Strength(authority, Stamper, PadesLevel.LT));
        var opened = PdfFile.Open(new MemoryStream(file), PdfLimits.Default, TestContext.Current.CancellationToken);
        var store = opened.Newest.Dictionary(opened.Newest.Catalog["DSS"])!;
        // Signer, its issuer and root; stamper, its issuer and root.
        opened.Newest.Array(store["Certs"])!.Items.Count.ShouldBe(6);
        // Each issuer's and each root's list.
        opened.Newest.Array(store["CRLs"])!.Items.Count.ShouldBe(4);
        opened.Newest.Dictionary(store["VRI"])!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Renewing_adds_a_stamp_over_all_there_is_and_nothing_twice()
    {
        var authority = TestAuthority.Rsa;
        (var file, _) = await LevelSamples.Seal(new SamplePdf().Build(), authority, LevelSamples.Strength(authority, Stamper, PadesLevel.LTA));
        for (var round = 1; round <= 3; round++)
        {
            TestStamper later = new(TestAuthority.Ecdsa) { Now = SealingSamples.Time.AddYears(round) };
            (var renewed, var outcome) = await LevelSamples.Extend(file, LevelSamples.Strength(authority, later, PadesLevel.LTA));
            outcome.Level.ShouldBe(PadesLevel.LTA);
            outcome.StampedAt.ShouldBe(later.Now);
            renewed.AsSpan(0, file.Length).SequenceEqual(file).ShouldBeTrue();
            file = renewed;
        }

        await LevelSamples.ShouldBeGoodToOthers(file, 1, 4);
        var opened = PdfFile.Open(new MemoryStream(file), PdfLimits.Default, TestContext.Current.CancellationToken);
        var store = opened.Newest.Dictionary(opened.Newest.Catalog["DSS"])!;
        var all = opened.Newest.Array(store["Certs"])!.Items.Select(opened.Newest.Resolve).Cast<PdfStream>()
            .Select(stream => Convert.ToHexString(PdfStreamData.ReadExactly(opened.Bytes, stream.DataStart, opened.Newest.LengthOf(stream), opened.Budget))).ToArray();
        all.Distinct().Count().ShouldBe(all.Length);
    }

    [Theory]
    [InlineData(PadesLevel.T)]
    [InlineData(PadesLevel.LT)]
    [InlineData(PadesLevel.LTA)]
    public async Task A_signature_without_time_stamp_is_brought_to_a_level_afterwards(PadesLevel level)
    {
        var signed = await SignedSamples.Seal(new SamplePdf().Build());
        (var extended, var outcome) = await LevelSamples.Extend(signed, LevelSamples.Strength(TestAuthority.Ecdsa, Stamper, level));
        outcome.Level.ShouldBe(level);
        extended.AsSpan(0, signed.Length).SequenceEqual(signed).ShouldBeTrue();
        await LevelSamples.ShouldBeGoodToOthers(extended, 1, level == PadesLevel.LTA ? 2 : 1);
    }

    [Fact]
    public async Task OpenSSL_accepts_the_document_time_stamp()
    {
        (var file, _) = await LevelSamples.Seal(new SamplePdf().Build(), TestAuthority.Rsa, LevelSamples.Strength(TestAuthority.Rsa, Stamper, PadesLevel.LTA));
        var opened = PdfFile.Open(new MemoryStream(file), PdfLimits.Default, TestContext.Current.CancellationToken);
        var stamp = PdfSignature.FindAll(opened)[^1];
        stamp.SubFilter.ShouldBe("ETSI.RFC3161");
        var range = stamp.ByteRange!;
        (range[2] + range[3]).ShouldBe(file.Length);
        using Tool tool = new();
        tool.Save("data", [.. file.AsSpan(0, (int)range[1]), .. file.AsSpan((int)range[2])]);
        tool.Save("token", TimestampToken.Parse(stamp.Contents!.Value).RawData.ToArray());
        tool.Save("root.pem", Encoding.ASCII.GetBytes(TestAuthority.Rsa.Root.ToPem()));
        tool.Save("issuing.pem", Encoding.ASCII.GetBytes(TestAuthority.Rsa.Issuing.ToPem()));
        (_, var output) = await tool.Run("openssl", "ts", "-verify", "-data", "data", "-in", "token", "-token_in", "-CAfile", "root.pem", "-untrusted", "issuing.pem");
        output.ShouldContain("Verification: OK");
    }

    [Fact]
    public async Task A_document_without_signature_is_not_extended()
    {
        var refusal = await Should.ThrowAsync<PdfFormatException>(() =>
            LevelSamples.Extend(new SamplePdf().Build(), LevelSamples.Strength(TestAuthority.Ecdsa, Stamper, PadesLevel.LTA)));
        refusal.Code.ShouldBe(PdfProblem.NotSigned);
    }

    [Theory]
    [InlineData(0, PadesLevel.B)]
    [InlineData(1, PadesLevel.LT)]
    public async Task When_no_time_stamp_is_to_be_had_the_seal_is_refused_or_says_its_lower_level(int stamps, PadesLevel reached)
    {
        TestStamper limited = new() { Left = stamps };
        var authority = TestAuthority.Ecdsa;
        var strength = LevelSamples.Strength(authority, limited, PadesLevel.LTA);
        using MemoryStream nothing = new();
        await Should.ThrowAsync<TimestampException>(() => LevelSamples.Seal(new SamplePdf().Build(), authority, strength, nothing));
        nothing.Length.ShouldBe(0);

        limited.Left = stamps;
        (var file, var outcome) = await LevelSamples.Seal(new SamplePdf().Build(), authority, strength with { LowerWhenUnavailable = true });
        (outcome.Level, outcome.Shortfall).ShouldBe((reached, "The authority cannot be asked."));
        await LevelSamples.ShouldBeGoodToOthers(file, 1);
    }

    [Fact]
    public async Task A_missing_revocation_state_is_named()
    {
        var authority = TestAuthority.Ecdsa;
        KnownValidationMaterial poor = new([authority.Issuing, authority.Root, TestAuthority.Rsa.Issuing, TestAuthority.Rsa.Root], [], []);
        var strength = LevelSamples.Strength(authority, Stamper, PadesLevel.LT) with { Material = poor };
        var refusal = await Should.ThrowAsync<ValidationMaterialException>(() => LevelSamples.Seal(new SamplePdf().Build(), authority, strength));
        refusal.Message.ShouldContain("Example Company");

        (_, var outcome) = await LevelSamples.Seal(new SamplePdf().Build(), authority, strength with { LowerWhenUnavailable = true });
        outcome.Level.ShouldBe(PadesLevel.T);
    }

    [Fact]
    public async Task The_room_reserved_is_what_the_longest_container_needs()
    {
        var authority = TestAuthority.Ecdsa;
        for (var i = 0; i < 20; i++)
        {
            (_, var outcome) = await LevelSamples.Seal(new SamplePdf().Build(), authority, SealStrength.Basic);
            var room = (int)(outcome.ByteRange[2] - outcome.ByteRange[1] - 2) / 2;
            outcome.Container.Length.ShouldBeInRange(room - 8, room);
        }
    }

    [Fact]
    public async Task A_time_stamp_is_over_the_signature_value()
    {
        (var file, var outcome) = await LevelSamples.Seal(new SamplePdf().Build(), TestAuthority.Rsa, LevelSamples.Strength(TestAuthority.Rsa, Stamper, PadesLevel.T));
        var signer = CmsSignedData.Parse(outcome.Container).Signers[0];
        var token = TimestampToken.Parse(signer.SignatureTimeStamps[0]);
        token.Verify(
            System.Security.Cryptography.SHA256.HashData(signer.Signature.Span), [], [TestAuthority.Rsa.Root], RevocationEvidence.NotRequired).IsOk.ShouldBeTrue();
        Encoding.Latin1.GetString(file).ShouldContain(Convert.ToHexStringLower(outcome.Container.Span));
    }
}
