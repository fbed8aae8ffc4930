using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Ses;

namespace Seal.Documents.Tests.Ses;

public sealed class SealMakingTests
{
    private readonly Parties _parties = Parties.Shared;

    [Fact]
    public void A_seal_comes_back_as_it_was_made()
    {
        var request = _parties.SealRequest();
        var seal = SesSealData.Parse(_parties.MakeSeal(request).RawData);
        (seal.Version, seal.Layout, seal.Vid, seal.SealId, seal.Type, seal.Name)
            .ShouldBe((4, SesLayout.Gbt38540, request.Vid, request.SealId, request.Type, request.Name));
        (seal.CreatedAt, seal.ValidFrom, seal.ValidUntil).ShouldBe((request.CreatedAt, request.ValidFrom, request.ValidUntil));
        (seal.Picture.Type, seal.Picture.WidthMm, seal.Picture.HeightMm).ShouldBe(("PNG", 40, 40));
        seal.Picture.Data.ToArray().ShouldBe(request.Picture.Data.ToArray());
        seal.SignerCertificates.Single().ToArray().ShouldBe(_parties.Signer.RawData.ToArray());
        var extension = seal.Extensions.Single();
        (extension.Oid, extension.Critical, Convert.ToHexString(extension.Value.Span)).ShouldBe(("1.2.156.10260.4.1.1", true, "0500"));
        seal.MakerCertificate.ToArray().ShouldBe(_parties.Maker.RawData.ToArray());
        seal.SignedBytes.ToArray().ShouldBe(seal.SealInfoBytes.ToArray());
        seal.TimeStamp.ShouldBeNull();
    }

    [Theory]
    [InlineData(SesCertListType.Certificates)]
    [InlineData(SesCertListType.Digests)]
    public void A_seal_lists_its_signers_and_no_one_else(SesCertListType listType)
    {
        var seal = _parties.MakeSeal(_parties.SealRequest() with { CertListType = listType });
        seal.CertListType.ShouldBe(listType);
        seal.Lists(_parties.Signer).ShouldBeTrue();
        seal.Lists(_parties.Maker).ShouldBeFalse();
    }

    [Fact]
    public void BouncyCastle_accepts_the_makers_signature() => BouncyCastleOpinion.AcceptsSeal4(_parties.MakeSeal().RawData).ShouldBeTrue();

    [Fact]
    public void OpenSsl_reads_the_seal_and_accepts_the_makers_signature()
    {
        using var openSsl = new OpenSslTool();
        var seal = _parties.MakeSeal();
        openSsl.AsnParse(seal.RawData).ShouldContain(":ES");
        openSsl.Accepts(_parties.Maker, seal.SealInfoBytes, seal.Signature).ShouldBeTrue();
        openSsl.Accepts(_parties.Signer, seal.SealInfoBytes, seal.Signature).ShouldBeFalse();
    }

    [Fact]
    public void A_seal_without_extensions_has_no_empty_list() =>
        SesSealData.Parse(_parties.MakeSeal(_parties.SealRequest() with { Extensions = [] }).RawData).Extensions.ShouldBeEmpty();

    [Fact]
    public void Fields_outside_their_range_are_refused_by_name()
    {
        var good = _parties.SealRequest();
        Refused(good with { Vid = "" }, "header.Vid");
        Refused(good with { Vid = "印章" }, "header.Vid");
        Refused(good with { SealId = new string('1', 65) }, "esID");
        Refused(good with { Type = 0 }, "property.type");
        Refused(good with { Name = " " }, "property.name");
        Refused(good with { Name = new string('章', 201) }, "property.name");
        Refused(good with { Name = "\uD800" }, "cannot be encoded");
        Refused(good with { SignerCertificates = [] }, "property.certList");
        Refused(good with { CertListType = (SesCertListType)3 }, "property.certListType");
        Refused(good with { ValidUntil = good.ValidFrom }, "property.validEnd");
        Refused(good with { Picture = good.Picture with { Data = default } }, "picture.data");
        Refused(good with { Picture = good.Picture with { Type = "图" } }, "picture.type");
        Refused(good with { Picture = good.Picture with { WidthMm = 256 } }, "mm");
        Refused(good with { Extensions = [new SesExtension("not an oid", false, new byte[1])] }, "cannot be encoded");
    }

    [Fact]
    public void Only_the_makers_own_sm2_key_signs_a_seal()
    {
        Should.Throw<SesFormatException>(() => SesSealData.Create(_parties.SealRequest(), _parties.Maker, _parties.SignerKey));
        var (certificate, key) = _parties.Issue(CertificateProfile.SealMaker, "P-256", SignatureAlgorithm.EcdsaP256Sha256);
        Should.Throw<SesFormatException>(() => SesSealData.Create(_parties.SealRequest(), certificate, key)).Message.ShouldContain("SM2");
    }

    [Fact]
    public void A_device_that_signs_wrongly_is_noticed_before_the_seal_is_given_out() =>
        Should.Throw<InvalidOperationException>(() => SesSealData.Create(_parties.SealRequest(), _parties.Maker, new FaultyDevice(_parties.MakerKey)));

    private void Refused(SesSealRequest request, string named) =>
        Should.Throw<SesFormatException>(() => _parties.MakeSeal(request)).Message.ShouldContain(named);

    private sealed class FaultyDevice(ISigner key) : ISigner
    {
        public SignatureAlgorithm Algorithm => key.Algorithm;

        public ReadOnlyMemory<byte> SubjectPublicKeyInfo => key.SubjectPublicKeyInfo;

        public byte[] Sign(ReadOnlySpan<byte> message) => key.Sign(message[1..]);
    }
}
