using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Ses;
using Seal.Documents.Tests.Judging;

namespace Seal.Documents.Tests.Ofd;

public sealed class OfdSealingTests
{
    [Fact]
    public async Task A_sealed_document_passes_with_all_its_checks()
    {
        var judgement = await OfdSamples.Judge(await OfdSamples.Seal(await OfdSamples.Text()));
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
        var signature = judgement.Signatures.ShouldHaveSingleItem();
        signature.Checks.Select(check => check.Name).ShouldBe(Enum.GetValues<CheckName>());
        signature.Kind.ShouldBe(SignatureKind.SesSignature);
        signature.Signer!.Subject.ShouldContain("Tengyun Company");
        (signature.SignedAt, signature.TimeSource).ShouldBe((Pdf.SealingSamples.Time, TimeSource.Claimed));
        signature.SealData!.Name.ShouldBe("深圳市腾云科技有限公司");
        signature.SealData.Picture!.Data.ToArray().ShouldBe(OfdSamples.CompanySeal.Picture.Data.ToArray());
        var place = signature.Places.ShouldHaveSingleItem();
        (place.Page, place.XMm, place.YMm, place.WidthMm, place.HeightMm, place.Slice).ShouldBe((1, 120, 200, 40, 40, null));
    }

    [Theory]
    [InlineData("whole", "an OFD document of 4 files")]
    [InlineData("cut off", "cannot be read: ")]
    [InlineData("another package", "not an OFD document")]
    public async Task A_seal_whose_picture_is_an_OFD_is_embedded_whole_and_its_picture_told_of(string what, string told)
    {
        var whole = await OfdSamples.Text(pages: 1);
        var picture = what switch { "whole" => whole, "cut off" => whole[..^30], _ => new Package(whole).Remove("OFD.xml").Zip() };
        var seal = OfdSamples.MakeSeal(OfdSamples.Company.Certificate, request => request with { Picture = new SesPicture("ofd", picture, 42, 42) });
        var file = await OfdSamples.Seal(await OfdSamples.Text(), OfdSamples.Request() with { Seal = seal });

        var judgement = await OfdSamples.Judge(file);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
        var signature = judgement.Signatures.ShouldHaveSingleItem();
        signature.SealData!.Picture.ShouldNotBeNull().Data.ToArray().ShouldBe(picture);
        signature.Row(CheckName.SealData).Evidence["picture"].ShouldSatisfyAllConditions(
            evidence => evidence.ShouldStartWith("ofd, 42 x 42 mm; "), evidence => evidence.ShouldContain(told));
        new Package(file)[Package.SealFile].ShouldBe(seal.RawData.ToArray());
    }

    [Fact]
    public async Task The_same_document_is_written_as_the_same_bytes() =>
        (await OfdSamples.Text()).ShouldBe(await OfdSamples.Text());

    [Fact]
    public async Task A_riding_seal_shows_one_slice_on_each_page()
    {
        var request = OfdSamples.Request() with { Places = [], Riding = new OfdRiding(1, 4, 100, 40, 40) };
        var judgement = await OfdSamples.Judge(await OfdSamples.Seal(await OfdSamples.Text(pages: 4), request));
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
        var places = judgement.Signatures.ShouldHaveSingleItem().Places;
        places.Select(place => (place.Page, place.XMm)).ShouldBe([(1, 200), (2, 190), (3, 180), (4, 170)]);
        places.Select(place => place.Slice!).ShouldBe([[0, 0, 10, 40], [10, 0, 10, 40], [20, 0, 10, 40], [30, 0, 10, 40]]);
    }

    [Fact]
    public async Task A_signature_without_seal_is_GBT_35275_and_passes()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text(), OfdSamples.Request() with { Seal = null, Places = [] });
        var judgement = await OfdSamples.Judge(file);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
        judgement.Signatures.ShouldHaveSingleItem().Kind.ShouldBe(SignatureKind.GmSignedData);
        new Package(file).Text(Package.List).ShouldContain("Type=\"Sign\"");
    }

    [Fact]
    public async Task Further_seals_protect_the_earlier_ones_and_leave_them_bit_for_bit()
    {
        var original = await OfdSamples.Text();
        var once = await OfdSamples.Seal(original);
        var twice = await OfdSamples.Seal(once, OfdSamples.Request() with { Places = [new OfdPlacement(2, 20, 20, 40, 40)] });
        var thrice = await OfdSamples.Seal(twice, OfdSamples.Request() with { Seal = null, Places = [] });

        var judgement = await OfdSamples.Judge(thrice);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
        judgement.Signatures.Select(signature => signature.LaterChanges.Count).ShouldBe([2, 1, 0]);
        judgement.Signatures.Select(signature => signature.Id).Distinct().Count().ShouldBe(3);
        foreach (var (name, content) in new Package(twice).Files.Where(file => file.Name != Package.List))
        {
            new Package(thrice)[name].ShouldBe(content, name);
        }

        // Not only the content: the compressed bytes, too.
        var local = once.AsSpan(0, once.AsSpan().IndexOf("Doc_0/Signs"u8) - 30);
        twice.AsSpan(0, local.Length).SequenceEqual(local).ShouldBeTrue();
    }

    [Fact]
    public async Task After_a_last_seal_nobody_can_sign()
    {
        var last = await OfdSamples.Seal(await OfdSamples.Text(), OfdSamples.Request() with { IsLast = true });
        (await OfdSamples.Judge(last)).Verdict.ShouldBe(Verdict.TotalPassed);
        var refusal = await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Seal(last));
        refusal.Code.ShouldBe(OfdProblem.ListProtected);
    }

    [Theory]
    [InlineData(3, 20, 20, OfdProblem.PageNotFound)]
    [InlineData(0, 20, 20, OfdProblem.PageNotFound)]
    [InlineData(1, 180, 20, OfdProblem.StampOutsidePage)]
    [InlineData(1, -1, 20, OfdProblem.StampOutsidePage)]
    [InlineData(1, double.NaN, 20, OfdProblem.StampOutsidePage)]
    public async Task A_place_that_does_not_exist_is_refused(int page, double x, double y, string code)
    {
        var request = OfdSamples.Request() with { Places = [new OfdPlacement(page, x, y, 40, 40)] };
        var text = await OfdSamples.Text();
        (await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Seal(text, request))).Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_device_elsewhere_can_sign_what_was_prepared()
    {
        using MemoryStream source = new(await OfdSamples.Text());
        var prepared = OfdSealer.Prepare(source, OfdSamples.Request(), TestContext.Current.CancellationToken);
        prepared.DigestForDevice().ShouldBe(Sm2Digest.Of(OfdSamples.Company.Key.SubjectPublicKeyInfo, prepared.ToBeSigned.Span));
        using MemoryStream destination = new();
        await Should.ThrowAsync<SesFormatException>(() => prepared.CompleteAsync(OfdSamples.Maker.Key.Sign(prepared.ToBeSigned.Span), null, destination, TestContext.Current.CancellationToken));
        destination.Length.ShouldBe(0);
        await prepared.CompleteAsync(OfdSamples.Company.Key.Sign(prepared.ToBeSigned.Span), null, destination, TestContext.Current.CancellationToken);
        (await OfdSamples.Judge(destination.ToArray())).Verdict.ShouldBe(Verdict.TotalPassed);
    }

    [Fact]
    public async Task The_ledger_is_asked_about_the_receipt_and_the_digest_that_were_signed()
    {
        using MemoryStream source = new(await OfdSamples.Text());
        using MemoryStream destination = new();
        var prepared = await OfdSealer.SealAsync(source, destination, OfdSamples.Request(), OfdSamples.Company.Key, TestContext.Current.CancellationToken);
        FakeRegister register = new(FakeRegister.InOrder);
        var judgement = await OfdSamples.Judge(destination.ToArray(), OfdSamples.Options with { Register = register, RequireLedger = true });
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
        judgement.Signatures[0].TimeSource.ShouldBe(TimeSource.Ledger);
        var asked = register.Asked.ShouldHaveSingleItem();
        asked.Receipt.ShouldBe(SignedSamples.Receipt);
        asked.SignedBytesDigest.ToArray().ShouldBe(prepared.SignedDigest.ToArray());
        (await OfdSamples.Judge(destination.ToArray(), OfdSamples.Options with { RequireLedger = true })).SubIndication.ShouldBe(SubIndication.NotInLedger);
    }

    [Fact]
    public async Task Nothing_ambiguous_is_sealed()
    {
        var file = new Package(await OfdSamples.Text()).Add("doc_0/document.XML", "<a/>").Zip();
        (await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Seal(file))).Code.ShouldBe(OfdProblem.Damaged);
    }
}
