using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Tests.Keys;

/// <summary>A key signs and verifies by another way from the second time on: it must come to the same.</summary>
public sealed class OftenUsedKeyTests
{
    public static TheoryData<SignatureAlgorithm> Algorithms => [.. Enum.GetValues<SignatureAlgorithm>()];

    public static TheoryData<DigestAlgorithm> Digests => [.. Enum.GetValues<DigestAlgorithm>().Except([DigestAlgorithm.Sm3])];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void What_is_signed_and_verified_often_and_at_once_is_right_each_time(SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.Generate(algorithm);
        using var verification = VerificationKey.Read(key.SubjectPublicKeyInfo);
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            byte[] message = [.. BitConverter.GetBytes(i), .. "to whom it may concern"u8];
            var signature = key.Sign(message);
            verification.Verify(algorithm, message, signature).ShouldBeTrue();
            Signatures.Verify(algorithm, key.SubjectPublicKeyInfo, message, signature).ShouldBeTrue("by a key read anew");
            message[0] ^= 1;
            verification.Verify(algorithm, message, signature).ShouldBeFalse();
            message[0] ^= 1;
            foreach (var wrong in (byte[][])[[], [0x30], signature[..^1], [.. signature, 0], [.. signature[..^1], (byte)(signature[^1] ^ 1)]])
            {
                verification.Verify(algorithm, message, wrong).ShouldBeFalse();
            }

            verification.Verify(algorithm, message, signature).ShouldBeTrue("what was wrong before does not count");
        });
    }

    [Theory]
    [MemberData(nameof(Digests))]
    public void Every_digest_that_a_file_may_name_is_verified_by_one_key(DigestAlgorithm digest)
    {
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using VerificationKey padded = VerificationKey.Read(rsa.ExportSubjectPublicKeyInfo()), curve = VerificationKey.Read(ecdsa.ExportSubjectPublicKeyInfo());
        var hash = digest.HashData("m"u8);
        var ofRsa = rsa.SignHash(hash, digest.BaseLibraryName(), RSASignaturePadding.Pkcs1);
        var ofEcdsa = ecdsa.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence);
        SignatureScheme rsaScheme = new(SignatureFamily.RsaPkcs1, digest), ecdsaScheme = new(SignatureFamily.Ecdsa, digest);
        for (var i = 0; i < 4; i++)
        {
            padded.VerifyDigest(rsaScheme, hash, ofRsa).ShouldBeTrue();
            curve.VerifyDigest(ecdsaScheme, hash, ofEcdsa).ShouldBeTrue();
            padded.VerifyDigest(rsaScheme, hash, ofEcdsa).ShouldBeFalse();
            curve.VerifyDigest(ecdsaScheme, hash, ofRsa).ShouldBeFalse();
        }

        foreach (var other in Enum.GetValues<DigestAlgorithm>().Where(one => one != digest && one != DigestAlgorithm.Sm3))
        {
            padded.VerifyDigest(new SignatureScheme(SignatureFamily.RsaPkcs1, other), other.HashData("m"u8), ofRsa).ShouldBeFalse($"the padding names {digest}, not {other}");
        }
    }

    [Theory]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256)]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256)]
    public void A_key_that_was_given_up_is_not_used_again(SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.Generate(algorithm);
        var signature = key.Sign("m"u8);
        var verification = VerificationKey.Read(key.SubjectPublicKeyInfo);
        for (var i = 0; i < 3; i++)
        {
            verification.Verify(algorithm, "m"u8, signature).ShouldBeTrue();
        }

        verification.Dispose();
        Should.Throw<ObjectDisposedException>(() => verification.Verify(algorithm, "m"u8, signature));
    }
}
