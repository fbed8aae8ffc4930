using System.Formats.Asn1;
using System.Numerics;
using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;

namespace Seal.Cryptography.Tests.Keys;

/// <summary>The published example of GB/T 32918.5, and two independent implementations as judges.</summary>
public sealed class Sm2Tests
{
    private const string PrivateKey = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
    private const string PublishedR = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
    private const string PublishedS = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
    private static readonly byte[] Message = "message digest"u8.ToArray();

    [Fact]
    public void Sm3_of_abc_is_the_published_one() =>
        Convert.ToHexStringLower(Sm3.HashData("abc"u8))
            .ShouldBe("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");

    [Fact]
    public void Sm3_in_pieces_equals_sm3_in_one_go()
    {
        byte[] data = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        using var digest = new IncrementalDigest(DigestAlgorithm.Sm3);
        for (var i = 0; i < data.Length; i += 7)
        {
            digest.Append(data.AsSpan(i, Math.Min(7, data.Length - i)));
        }

        digest.Finish().ShouldBe(Sm3.HashData(data));
        digest.Append("abc"u8);
        digest.Finish().ShouldBe(Sm3.HashData("abc"u8));
    }

    [Fact]
    public void The_published_z_and_e_come_out()
    {
        using var key = PublishedKey();
        Convert.ToHexStringLower(Sm2Digest.Z(key.SubjectPublicKeyInfo, Sm2Digest.DefaultIdentity))
            .ShouldBe("b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3");
        Convert.ToHexStringLower(Sm2Digest.Of(key.SubjectPublicKeyInfo, Message))
            .ShouldBe("f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640");
    }

    [Fact]
    public void A_key_of_another_curve_has_no_sm2_digest()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        Should.Throw<DerFormatException>(() => Sm2Digest.Of(key.SubjectPublicKeyInfo, Message));
        Should.Throw<DerFormatException>(() => Sm2Digest.Of(new byte[] { 0x30 }, Message));
    }

    [Fact]
    public void The_published_signature_verifies_under_the_key_derived_from_d()
    {
        using var key = PublishedKey();
        var signature = Der(PublishedR, PublishedS);
        Signatures.Verify(SignatureAlgorithm.Sm2Sm3, key.SubjectPublicKeyInfo, Message, signature).ShouldBeTrue();
        Signatures.Verify(SignatureAlgorithm.Sm2Sm3, key.SubjectPublicKeyInfo, "message Digest"u8, signature).ShouldBeFalse();
        Signatures.Verify(SignatureAlgorithm.Sm2Sm3, key.SubjectPublicKeyInfo, Message, Der(PublishedS, PublishedR)).ShouldBeFalse();
    }

    [Fact]
    public void Openssl_accepts_our_sm2_signature()
    {
        using var openSsl = new OpenSsl();
        using var key = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        var publicKey = openSsl.Write("key.pem", new string(System.Security.Cryptography.PemEncoding.Write("PUBLIC KEY", key.SubjectPublicKeyInfo.Span)));
        var data = openSsl.Write("data", Message);
        var signature = openSsl.Write("signature", key.Sign(Message));
        openSsl.ShouldAccept(
            "dgst", "-sm3", "-verify", publicKey, "-sigopt", "distid:1234567812345678", "-signature", signature, data);
    }

    [Fact]
    public void BouncyCastle_and_we_accept_each_others_sm2_signatures()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        for (var i = 0; i < 20; i++)
        {
            var message = Encoding.UTF8.GetBytes($"message {i}");
            var verifier = new SM2Signer();
            verifier.Init(false, PublicKeyFactory.CreateKey(key.SubjectPublicKeyInfo.ToArray()));
            verifier.BlockUpdate(message, 0, message.Length);
            verifier.VerifySignature(key.Sign(message)).ShouldBeTrue();

            var signer = new SM2Signer();
            signer.Init(true, PrivateKeyFactory.CreateKey(key.ExportPkcs8()));
            signer.BlockUpdate(message, 0, message.Length);
            Signatures.Verify(SignatureAlgorithm.Sm2Sm3, key.SubjectPublicKeyInfo, message, signer.GenerateSignature()).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_key_exported_and_imported_signs_as_before()
    {
        foreach (var algorithm in Enum.GetValues<SignatureAlgorithm>())
        {
            using var key = SoftwareKey.Generate(algorithm);
            using var again = SoftwareKey.ImportPkcs8(key.ExportPkcs8(), algorithm);
            again.SubjectPublicKeyInfo.ToArray().ShouldBe(key.SubjectPublicKeyInfo.ToArray());
            Signatures.Verify(algorithm, key.SubjectPublicKeyInfo, Message, again.Sign(Message)).ShouldBeTrue(algorithm.ToString());
        }
    }

    [Fact]
    public void A_key_that_spells_out_its_curve_is_refused()
    {
        var curve = GMNamedCurves.GetByName("sm2p256v1");
        var domain = new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H);
        var pkcs8 = Org.BouncyCastle.Pkcs.PrivateKeyInfoFactory
            .CreatePrivateKeyInfo(new ECPrivateKeyParameters("EC", new Org.BouncyCastle.Math.BigInteger(PrivateKey, 16), domain))
            .GetDerEncoded();
        Should.Throw<System.Security.Cryptography.CryptographicException>(
            () => SoftwareKey.ImportPkcs8(pkcs8, SignatureAlgorithm.Sm2Sm3));
    }

    private static byte[] Der(string r, string s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(Hex.Bytes(r), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(Hex.Bytes(s), isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    private static SoftwareKey PublishedKey()
    {
        // Only d is published here; BouncyCastle multiplies the point, so that neither our code nor OpenSSL does.
        var d = new Org.BouncyCastle.Math.BigInteger(PrivateKey, 16);
        var curve = GMNamedCurves.GetByName("sm2p256v1");
        var point = curve.G.Multiply(d).Normalize().GetEncoded(false);
        var pkcs8 = Org.BouncyCastle.Pkcs.PrivateKeyInfoFactory
            .CreatePrivateKeyInfo(new ECPrivateKeyParameters("EC", d, GMObjectIdentifiers.sm2p256v1)).GetDerEncoded();
        var key = SoftwareKey.ImportPkcs8(pkcs8, SignatureAlgorithm.Sm2Sm3);
        key.SubjectPublicKeyInfo.Span[^65..].ToArray().ShouldBe(point);
        return key;
    }
}
