using System.Formats.Asn1;
using System.Numerics;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;
using Seal.Cryptography.Timestamps;

namespace Seal.Cryptography.Tests.Timestamps;

public sealed class TimestampTests
{
    private static readonly byte[] Nonce = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] Digest = DigestAlgorithm.Sha256.HashData(StampingUnit.Data);

    public static TheoryData<SignatureAlgorithm, DigestAlgorithm> Combinations => new()
    {
        { SignatureAlgorithm.RsaPkcs1Sha256, DigestAlgorithm.Sha256 },
        { SignatureAlgorithm.RsaPssSha256, DigestAlgorithm.Sm3 },
        { SignatureAlgorithm.EcdsaP256Sha256, DigestAlgorithm.Sha384 },
        { SignatureAlgorithm.EcdsaP384Sha384, DigestAlgorithm.Sha512 },
        { SignatureAlgorithm.Sm2Sm3, DigestAlgorithm.Sm3 },
        { SignatureAlgorithm.Ed25519, DigestAlgorithm.Sha256 },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_token_states_what_was_asked_and_verifies(SignatureAlgorithm algorithm, DigestAlgorithm imprint)
    {
        using var unit = new StampingUnit(algorithm);
        var digest = imprint.HashData(StampingUnit.Data);
        var response = unit.Answer(TimestampRequest.Create(imprint, digest, Nonce, StampingUnit.Policy), Authority.Now.AddTicks(1_234_567));
        response.Status.ShouldBe(0);
        response.Failure.ShouldBeNull();

        var token = TimestampToken.Parse(TimestampResponse.Parse(response.RawData).Token!.RawData);
        token.Info.Policy.ShouldBe(StampingUnit.Policy);
        token.Info.MessageImprint.Is(imprint, digest).ShouldBeTrue();
        token.Info.Time.ShouldBe(Authority.Now.AddMilliseconds(123));
        token.Info.Accuracy.ShouldBe(TimeSpan.FromMilliseconds(1500));
        token.Info.Nonce.ShouldBe(new BigInteger(0x0102030405060708));
        token.Info.Authority!.Matches(unit.Certificate.Subject).ShouldBeTrue();
        token.Info.IsOrdered.ShouldBeFalse();
        token.Info.SerialNumber.Length.ShouldBe(TimestampAuthority.SerialNumberSize);
        token.Certificates.ShouldBe([unit.Certificate, unit.Pki.Issuing], ignoreOrder: true);

        unit.Verify(token, digest).Status.ShouldBe(TimestampStatus.Ok);
        unit.Verify(token, imprint.HashData("other"u8)).Status.ShouldBe(TimestampStatus.ImprintMismatch);
    }

    [Theory]
    [InlineData(0, "20260411000000Z")]
    [InlineData(1, "20260411000000.001Z")]
    [InlineData(120, "20260411000000.12Z")]
    [InlineData(500, "20260411000000.5Z")]
    public void The_fraction_of_the_time_has_no_zero_at_its_end(int milliseconds, string written)
    {
        using var unit = new StampingUnit(SignatureAlgorithm.EcdsaP256Sha256);
        var token = unit.Answer(Request(), Authority.Now.AddMilliseconds(milliseconds)).Token!;
        token.Info.RawData.Span.IndexOf(System.Text.Encoding.ASCII.GetBytes(written)).ShouldBeGreaterThan(0);
        token.Info.Time.ShouldBe(Authority.Now.AddMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(2_000_000)]
    [InlineData(61_002_003)]
    public void The_accuracy_is_read_back_to_the_microsecond(long microseconds)
    {
        using var unit = new StampingUnit(
            SignatureAlgorithm.EcdsaP256Sha256, new TimestampOptions { Policy = StampingUnit.Policy, Accuracy = TimeSpan.FromMicroseconds(microseconds), IsOrdered = true });
        var info = unit.Answer(Request()).Token!.Info;
        info.Accuracy.ShouldBe(microseconds == 0 ? null : TimeSpan.FromMicroseconds(microseconds));
        info.IsOrdered.ShouldBeTrue();
    }

    [Fact]
    public void A_token_carries_no_certificates_when_none_are_asked_for()
    {
        using var unit = new StampingUnit(SignatureAlgorithm.EcdsaP256Sha256);
        var token = unit.Answer(TimestampRequest.Parse(Written())).Token!;
        token.Certificates.ShouldBeEmpty();
        token.Info.Nonce.ShouldBeNull();
        unit.Verify(token, Digest).Status.ShouldBe(TimestampStatus.CertificateMissing);
        token.Verify(Digest, [unit.Certificate, unit.Pki.Issuing], [unit.Pki.Root], RevocationEvidence.NotRequired).Status.ShouldBe(TimestampStatus.Ok);
    }

    [Fact]
    public void Each_defect_of_a_request_is_refused_by_its_name()
    {
        using var unit = new StampingUnit(SignatureAlgorithm.EcdsaP256Sha256);
        Refused(Written(version: 2)).ShouldBe(TimestampFailure.BadRequest);
        Refused(Written(algorithm: "1.3.14.3.2.26", digest: new byte[20])).ShouldBe(TimestampFailure.BadAlgorithm);
        Refused(Written(digest: new byte[31])).ShouldBe(TimestampFailure.BadDataFormat);
        Refused(Written(policy: "1.2.3.4")).ShouldBe(TimestampFailure.UnacceptedPolicy);
        Refused(Written(extension: "1.2.3.4")).ShouldBe(TimestampFailure.UnacceptedExtension);
        Refused(Written(nonce: BigInteger.Pow(2, 600))).ShouldBe(TimestampFailure.BadRequest);
        unit.Answer(Request(), unit.Certificate.NotAfter.AddSeconds(1)).Failure.ShouldBe(TimestampFailure.SystemFailure);

        TimestampFailure? Refused(byte[] der)
        {
            var response = TimestampResponse.Parse(unit.Answer(TimestampRequest.Parse(der)).RawData);
            response.Status.ShouldBe(2);
            response.Token.ShouldBeNull();
            response.Text.ShouldNotBeEmpty();
            return response.Failure;
        }
    }

    [Fact]
    public void A_refusal_says_every_reason_there_is()
    {
        foreach (var failure in Enum.GetValues<TimestampFailure>())
        {
            TimestampResponse.Parse(TimestampResponse.Refuse(failure, "原因").RawData).Failure.ShouldBe(failure);
        }
    }

    [Fact]
    public void A_request_that_is_not_der_or_has_something_behind_it_is_malformed()
    {
        Should.Throw<DerFormatException>(() => TimestampRequest.Parse(Array.Empty<byte>()));
        Should.Throw<DerFormatException>(() => TimestampRequest.Parse((byte[])[.. Written(), 0]));
        Should.Throw<DerFormatException>(() => TimestampRequest.Parse(Written().AsMemory()[..^1]));
        Should.Throw<DerFormatException>(() => TimestampRequest.Parse("GET / HTTP/1.1"u8.ToArray()));
    }

    [Fact]
    public void Only_a_certificate_for_time_stamps_alone_makes_an_authority()
    {
        using var pki = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        (var ordinary, var key) = pki.NewSigner();
        var options = new TimestampOptions { Policy = StampingUnit.Policy };
        Should.Throw<ArgumentException>(() => new TimestampAuthority(ordinary, key, [], options));
        (var lax, var laxKey) = pki.NewSigner(profile: CertificateProfile.TimeStamp with { ExtendedKeyUsageCritical = false });
        Should.Throw<ArgumentException>(() => new TimestampAuthority(lax, laxKey, [], options));
        (var good, _) = pki.NewSigner(profile: CertificateProfile.TimeStamp);
        Should.Throw<ArgumentException>(() => new TimestampAuthority(good, key, [], options));
    }

    [Fact]
    public void A_token_by_an_untrusted_or_unfit_or_outdated_certificate_does_not_verify()
    {
        using var unit = new StampingUnit(SignatureAlgorithm.EcdsaP256Sha256);
        using var stranger = new StampingUnit(SignatureAlgorithm.EcdsaP256Sha256);
        var token = unit.Answer(Request()).Token!;
        stranger.Verify(token, Digest).Path!.Status.ShouldBe(PathStatus.NoChain);
        token.Verify(Digest, [], [unit.Pki.Root], RevocationEvidence.None).Path!.Status.ShouldBe(PathStatus.RevocationUnknown);

        (var ordinary, var key) = unit.Pki.NewSigner();
        var unfit = Signed(token.Info.RawData, ordinary, key, unit.Pki.Issuing);
        unit.Verify(unfit, Digest).Path!.Status.ShouldBe(PathStatus.BadKeyUsage);

        // Backdated: the statement names a time before the authority's certificate began.
        var early = Altered(token.Info.RawData, "20260411000000Z"u8, "20250411000000Z"u8);
        unit.Verify(Signed(early, unit.Certificate, unit.Key, unit.Pki.Issuing), Digest).Path!.Status.ShouldBe(PathStatus.NotYetValid);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void No_damaged_token_verifies_with_another_statement(SignatureAlgorithm algorithm, DigestAlgorithm imprint)
    {
        using var unit = new StampingUnit(algorithm);
        var digest = imprint.HashData(StampingUnit.Data);
        var token = unit.Answer(TimestampRequest.Create(imprint, digest, Nonce)).Token!;
        var mutations = new Mutations(seed: 17);
        for (var i = 0; i < 1500; i++)
        {
            try
            {
                var damaged = TimestampToken.Parse(mutations.Of(token.RawData.Span));
                if (unit.Verify(damaged, digest).IsOk)
                {
                    damaged.Info.RawData.Span.SequenceEqual(token.Info.RawData.Span).ShouldBeTrue();
                }
            }
            catch (DerFormatException)
            {
            }
        }
    }

    [Fact]
    public void Hostile_requests_and_answers_give_one_kind_of_error()
    {
        using var unit = new StampingUnit(SignatureAlgorithm.EcdsaP256Sha256);
        var request = Written(policy: StampingUnit.Policy, nonce: 7, extension: "1.2.3");
        var response = unit.Answer(Request()).RawData.ToArray();
        var refusal = TimestampResponse.Refuse(TimestampFailure.BadAlgorithm, "no").RawData.ToArray();
        var options = new TimestampOptions { Policy = StampingUnit.Policy };
        var mutations = new Mutations(seed: 5);
        for (var i = 0; i < 3000; i++)
        {
            Quietly(() => options.Refusal(TimestampRequest.Parse(mutations.Of(request))));
            Quietly(() => TimestampResponse.Parse(mutations.Of(response)));
            Quietly(() => TimestampResponse.Parse(mutations.Of(refusal)));
        }

        static void Quietly(Action read)
        {
            try
            {
                read();
            }
            catch (DerFormatException)
            {
            }
        }
    }

    private static TimestampRequest Request() => TimestampRequest.Create(DigestAlgorithm.Sha256, Digest, Nonce);

    private static TimestampToken Signed(ReadOnlyMemory<byte> statement, Certificate certificate, SoftwareKey key, params Certificate[] chain) =>
        TimestampToken.Parse(CmsSignedData.Create(
            new CmsRequest
            {
                MessageDigest = key.Algorithm.Digest().HashData(statement.Span),
                Algorithm = key.Algorithm,
                SignerCertificate = certificate,
                Chain = chain,
                Content = new CmsEnclosed("1.2.840.113549.1.9.16.1.4", statement),
            },
            key));

    private static byte[] Altered(ReadOnlyMemory<byte> bytes, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var copy = bytes.ToArray();
        to.CopyTo(copy.AsSpan(copy.AsSpan().IndexOf(from)));
        return copy;
    }

    /// <summary>A request written without our writer.</summary>
    private static byte[] Written(
        int version = 1, string algorithm = "2.16.840.1.101.3.4.2.1", byte[]? digest = null, string? policy = null, BigInteger? nonce = null, string? extension = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(version);
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(algorithm);
                    writer.WriteNull();
                }

                writer.WriteOctetString(digest ?? Digest);
            }

            if (policy is not null)
            {
                writer.WriteObjectIdentifier(policy);
            }

            if (nonce is { } number)
            {
                writer.WriteInteger(number);
            }

            if (extension is not null)
            {
                using var extensions = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
                using var one = writer.PushSequence();
                writer.WriteObjectIdentifier(extension);
                writer.WriteOctetString([5, 0]);
            }
        }

        return writer.Encode();
    }
}
