using System.Formats.Asn1;
using System.Security.Cryptography;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;

namespace Seal.Cryptography.Tests.Keys;

public sealed class SignatureTests
{
    public static TheoryData<SignatureAlgorithm> Algorithms => [.. Enum.GetValues<SignatureAlgorithm>()];

    /// <summary>RFC 8032 §7.1: seed, public key, message, signature.</summary>
    public static TheoryData<string, string, string, string> Rfc8032 => new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
    };

    [Theory]
    [MemberData(nameof(Rfc8032))]
    public void Ed25519_gives_the_published_signatures(string seed, string publicKey, string message, string signature)
    {
        using var key = SoftwareKey.ImportPkcs8(
            Hex.Bytes("302e020100300506032b657004220420" + seed), SignatureAlgorithm.Ed25519);
        key.SubjectPublicKeyInfo.ToArray().ShouldBe(Hex.Bytes("302a300506032b6570032100" + publicKey));
        key.Sign(Hex.Bytes(message)).ShouldBe(Hex.Bytes(signature));
        Signatures.Verify(SignatureAlgorithm.Ed25519, key.SubjectPublicKeyInfo, Hex.Bytes(message), Hex.Bytes(signature)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_signature_holds_for_its_message_key_and_algorithm_alone(SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.Generate(algorithm);
        using var other = SoftwareKey.Generate(algorithm);
        var signature = key.Sign("to whom it may concern"u8);
        Signatures.Verify(algorithm, key.SubjectPublicKeyInfo, "to whom it may concern"u8, signature).ShouldBeTrue();
        Signatures.Verify(algorithm, key.SubjectPublicKeyInfo, "to whom it may Concern"u8, signature).ShouldBeFalse();
        Signatures.Verify(algorithm, other.SubjectPublicKeyInfo, "to whom it may concern"u8, signature).ShouldBeFalse();
        Signatures.Verify(algorithm, key.SubjectPublicKeyInfo, "to whom it may concern"u8, []).ShouldBeFalse();
        foreach (var another in Enum.GetValues<SignatureAlgorithm>().Where(a => a != algorithm))
        {
            Signatures.Verify(another, key.SubjectPublicKeyInfo, "to whom it may concern"u8, signature).ShouldBeFalse(another.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Verification_never_throws_on_mutated_keys_and_signatures(SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.Generate(algorithm);
        var signature = key.Sign("message"u8);
        var mutations = new Mutations(seed: 7);
        for (var i = 0; i < 500; i++)
        {
            Signatures.Verify(algorithm, mutations.Of(key.SubjectPublicKeyInfo.Span), "message"u8, signature);
            var mutated = mutations.Of(signature);
            if (!mutated.AsSpan().SequenceEqual(signature))
            {
                Signatures.Verify(algorithm, key.SubjectPublicKeyInfo, "message"u8, mutated).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void A_key_with_explicit_curve_parameters_is_refused()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = ecdsa.ExportExplicitParameters(false);
        using var explicitCurve = ECDsa.Create(parameters);
        var signature = ecdsa.SignData("m"u8, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        Signatures.Verify(SignatureAlgorithm.EcdsaP256Sha256, explicitCurve.ExportSubjectPublicKeyInfo(), "m"u8, signature).ShouldBeFalse();
    }

    [Fact]
    public void A_key_of_another_kind_is_not_imported()
    {
        using var p384 = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP384Sha384);
        foreach (var algorithm in Enum.GetValues<SignatureAlgorithm>().Where(a => a != p384.Algorithm))
        {
            Should.Throw<CryptographicException>(() => SoftwareKey.ImportPkcs8(p384.ExportPkcs8(), algorithm));
        }
    }

    [Fact]
    public void Algorithm_identifiers_are_read_back_as_written()
    {
        foreach (var algorithm in Enum.GetValues<SignatureAlgorithm>())
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            writer.WriteAlgorithmIdentifier(algorithm);
            SignatureScheme.Read(writer.Encode()).ShouldBe(SignatureScheme.Of(algorithm));
        }
    }

    [Fact]
    public void One_key_signs_on_many_threads_at_once()
    {
        foreach (var algorithm in Enum.GetValues<SignatureAlgorithm>())
        {
            using var key = SoftwareKey.Generate(algorithm);
            Parallel.For(0, 64, i =>
            {
                var message = BitConverter.GetBytes(i);
                Signatures.Verify(algorithm, key.SubjectPublicKeyInfo, message, key.Sign(message)).ShouldBeTrue();
            });
        }
    }
}
