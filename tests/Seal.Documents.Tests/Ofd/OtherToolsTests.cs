using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Xml.Linq;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Ofd;

/// <summary>What unzip, openssl and the base library's XML reader find in our files, without any of our code.</summary>
public sealed class OtherToolsTests
{
    private static readonly XNamespace Ofd = "http://www.ofdspec.org/2016";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unzip_and_openssl_find_every_digest_and_signature_right(bool withSeal)
    {
        var request = withSeal ? OfdSamples.Request() : OfdSamples.Request() with { Seal = null, Places = [] };
        var file = await OfdSamples.Seal(await OfdSamples.Seal(await OfdSamples.Text()), request);
        using Tool tool = new();
        var path = tool.Save("sealed.ofd", file);
        (await tool.Run("unzip", "-tq", path)).ExitCode.ShouldBe(0);
        await tool.Run("unzip", "-q", path, "-d", tool.Path("x"));
        var xml = XDocument.Load(tool.Path("x/Doc_0/Signs/Sign_1/Signature.xml"));
        var references = xml.Descendants(Ofd + "Reference").ToArray();
        references.Length.ShouldBe(Directory.EnumerateFiles(tool.Path("x"), "*", SearchOption.AllDirectories).Count() - 3, "all but the list and the signature's own two files");
        foreach (var reference in references)
        {
            var (_, output) = await tool.Run("openssl", "dgst", "-sm3", "-r", tool.Path("x" + reference.Attribute("FileRef")!.Value));
            output[..64].ShouldBe(Convert.ToHexStringLower(Convert.FromBase64String(reference.Value)), reference.Attribute("FileRef")!.Value);
        }

        var value = await File.ReadAllBytesAsync(tool.Path("x/Doc_0/Signs/Sign_1/SignedValue.dat"), TestContext.Current.CancellationToken);
        var (signed, signature, digest) = withSeal ? TakeSesApart(value) : TakeSignedDataApart(value);
        var (_, own) = await tool.Run("openssl", "dgst", "-sm3", "-r", tool.Path("x/Doc_0/Signs/Sign_1/Signature.xml"));
        own[..64].ShouldBe(Convert.ToHexStringLower(digest.Span));
        var key = tool.Save("key.pem", System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", OfdSamples.Company.Key.SubjectPublicKeyInfo.Span)));
        (await tool.Run(
            "openssl", "dgst", "-sm3", "-verify", key, "-sigopt", "distid:1234567812345678",
            "-signature", tool.Save("value", signature.ToArray()), tool.Save("signed", signed.ToArray()))).ExitCode.ShouldBe(0);
    }

    private static (ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Digest) TakeSesApart(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var signed = outer.PeekEncodedValue();
        var tbs = outer.ReadSequence();
        outer.ReadOctetString();
        outer.ReadObjectIdentifier().ShouldBe("1.2.156.10197.1.501");
        tbs.ReadInteger().ShouldBe(4);
        tbs.ReadEncodedValue();
        tbs.ReadGeneralizedTime();
        var digest = tbs.ReadBitString(out _);
        tbs.ReadCharacterString(UniversalTagNumber.IA5String).ShouldBe("/Doc_0/Signs/Sign_1/Signature.xml");
        return (signed, outer.ReadBitString(out _), digest);
    }

    private static (ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Digest) TakeSignedDataApart(byte[] der)
    {
        Asn1Tag tag0 = new(TagClass.ContextSpecific, 0);
        var info = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        info.ReadObjectIdentifier().ShouldBe("1.2.156.10197.6.1.4.2.2");
        var data = info.ReadSequence(tag0).ReadSequence();
        data.ReadInteger().ShouldBe(1);
        data.ReadSetOf();
        data.ReadSequence().ReadObjectIdentifier().ShouldBe("1.2.156.10197.6.1.4.2.1");
        data.ReadSetOf(tag0);
        var signer = data.ReadSetOf().ReadSequence();
        signer.ReadInteger().ShouldBe(1);
        signer.ReadSequence();
        signer.ReadSequence();
        var attributes = signer.PeekEncodedValue().ToArray();
        attributes[0] = 0x31;
        var set = new AsnReader(attributes, AsnEncodingRules.DER).ReadSetOf();
        signer.ReadEncodedValue();
        signer.ReadSequence();
        while (set.HasData)
        {
            var attribute = set.ReadSequence();
            if (attribute.ReadObjectIdentifier() == "1.2.840.113549.1.9.4")
            {
                return (attributes, signer.ReadOctetString(), attribute.ReadSetOf().ReadOctetString());
            }
        }

        throw new InvalidDataException("no message digest");
    }
}
