using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;

namespace Seal.Cryptography.Tests.Certificates;

/// <summary>Certification requests (PKCS#10), as they come from anywhere.</summary>
public sealed class CertificationRequestTests
{
    private static readonly DistinguishedName Subject = DistinguishedName.Of(new NameAttribute(NameAttributeTypes.CommonName, "甲公司"));

    [Theory]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256)]
    [InlineData(SignatureAlgorithm.Sm2Sm3)]
    public void A_request_shows_whose_key_it_is_and_that_they_have_it(SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.Generate(algorithm);
        var request = CertificationRequest.Create(Subject, key);
        request.IsSigned.ShouldBeTrue();
        request.KeyAlgorithm.ShouldBe(algorithm);
        request.Subject.Matches(Subject).ShouldBeTrue();
        request.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span).ShouldBeTrue();
    }

    [Theory]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256)]
    [InlineData(SignatureAlgorithm.Sm2Sm3)]
    public void A_request_damaged_anywhere_is_malformed_or_not_signed(SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.Generate(algorithm);
        var request = CertificationRequest.Create(Subject, key).RawData.ToArray();
        for (var index = 0; index < request.Length; index++)
        {
            var damaged = request.ToArray();
            damaged[index] ^= 0x01;
            CountsFor(damaged).ShouldBeFalse($"byte {index} of {algorithm}");
        }

        for (var length = 0; length < request.Length; length++)
        {
            CountsFor(request[..length]).ShouldBeFalse($"the first {length} bytes");
        }

        CountsFor([.. request, 0]).ShouldBeFalse("something behind it");
    }

    [Fact]
    public void Hostile_requests_give_one_kind_of_error_and_none_that_was_changed_counts()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var request = CertificationRequest.Create(Subject, key).RawData.ToArray();
        var mutations = new Mutations(seed: 29);
        for (var round = 0; round < 3000; round++)
        {
            var hostile = mutations.Of(request);
            (CountsFor(hostile) && !hostile.AsSpan().SequenceEqual(request)).ShouldBeFalse($"round {round}: {Convert.ToHexString(hostile)}");
        }
    }

    [Fact]
    public void A_request_signed_by_another_key_is_not_signed()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        using var other = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var forged = CertificationRequest.Create(Subject, new Borrowed(key, other));
        forged.IsSigned.ShouldBeFalse();
        forged.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span).ShouldBeTrue();
    }

    private static bool CountsFor(byte[] der)
    {
        try
        {
            return CertificationRequest.Parse(der).IsSigned;
        }
        catch (DerFormatException)
        {
            return false;
        }
    }

    /// <summary>Names one key and signs with another.</summary>
    private sealed class Borrowed(ISigner named, ISigner signs) : ISigner
    {
        public SignatureAlgorithm Algorithm => signs.Algorithm;

        public ReadOnlyMemory<byte> SubjectPublicKeyInfo => named.SubjectPublicKeyInfo;

        public byte[] Sign(ReadOnlySpan<byte> message) => signs.Sign(message);
    }
}
