using System.Formats.Asn1;
using Org.BouncyCastle.Crypto.Digests;
using Seal.Documents.Ses;

namespace Seal.Documents.Tests.Ses;

public sealed class OtherVersionsTests
{
    private readonly Parties _parties = Parties.Shared;

    [Fact]
    public void A_version_1_seal_is_read_and_verified()
    {
        var seal = SesSealData.Parse(new Forms().SealData());
        (seal.Version, seal.Layout, seal.Name, seal.ValidUntil).ShouldBe((1, SesLayout.Gmt0031, "测试章", Parties.Start.AddYears(2)));
        seal.Lists(_parties.Signer).ShouldBeTrue();
        Outcome(seal).ShouldBe(SesOutcome.Passed);
    }

    [Fact]
    public void Version_1_signs_another_input_than_version_4()
    {
        var (old, present) = (SesSealData.Parse(new Forms().SealData()), SesSealData.Parse(new Forms { Version = 4 }.SealData()));
        old.SignedBytes.Length.ShouldBeGreaterThan(old.SealInfoBytes.Length + _parties.Maker.RawData.Length);
        present.SignedBytes.ToArray().ShouldBe(present.SealInfoBytes.ToArray());
        foreach (var version in (int[])[1, 4, 5])
        {
            Reason(SesSealData.Parse(new Forms { Version = version, SignAsOtherLayout = true }.SealData())).ShouldBe(SesReason.SignatureWrong);
        }
    }

    [Fact]
    public void A_version_5_seal_is_read_with_its_time_stamp_unless_switched_off()
    {
        var der = new Forms { Version = 5, SealTimeStamp = [0x30, 0] }.SealData();
        var seal = SesSealData.Parse(der);
        seal.TimeStamp!.Value.ToArray().ShouldBe([0x30, 0]);
        Outcome(seal).ShouldBe(SesOutcome.Passed);
        Should.Throw<SesFormatException>(() => SesSealData.Parse(der, new SesReadOptions { AcceptVersion5 = false })).Message.ShouldContain("switched off");
    }

    [Fact]
    public void A_layout_that_contradicts_its_version_is_refused()
    {
        Refused(new Forms { Version = 4, SealTimeStamp = [0x30, 0] });
        Refused(new Forms { Version = 6 });
        Refused(new Forms { Version = 0 });
    }

    [Fact]
    public void Certificates_are_listed_as_octets_or_as_they_are_and_nothing_else()
    {
        SesSealData.Parse(new Forms { CertList = list => list.WriteEncodedValue(_parties.Signer.RawData.Span) }.SealData())
            .Lists(_parties.Signer).ShouldBeTrue();
        Refused(new Forms { CertList = list => list.WriteCharacterString(UniversalTagNumber.IA5String, "1") });
    }

    [Fact]
    public void Listed_digests_may_be_plain_or_with_the_identity_before()
    {
        var plain = Sm3(_parties.Signer.RawData.ToArray());
        var key = _parties.Signer.SubjectPublicKeyInfo.ToArray();
        var z = Sm3(Convert.FromHexString(
            "008031323334353637383132333435363738" +
            "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93" +
            "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0" +
            Convert.ToHexString(key.AsSpan(key.Length - 64))));
        var prefixed = Sm3([.. z, .. _parties.Signer.RawData.Span]);
        foreach (var digest in (byte[][])[plain, prefixed])
        {
            var seal = SesSealData.Parse(new Forms { Version = 4, CertListType = 2, CertList = Digest(digest) }.SealData());
            seal.SignerDigests.Single().Type.ShouldBe("SM3");
            seal.Lists(_parties.Signer).ShouldBeTrue();
            seal.Lists(_parties.Maker).ShouldBeFalse();
            Outcome(seal).ShouldBe(SesOutcome.Passed);
        }

        static Action<AsnWriter> Digest(byte[] value) => list => Forms.Sequence(list, () =>
        {
            list.WriteCharacterString(UniversalTagNumber.PrintableString, "SM3");
            list.WriteOctetString(value);
        });
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(2, true)]
    [InlineData(0, false)]
    public void A_list_of_another_type_than_it_says_is_refused(int listType, bool asCertificates) =>
        Refused(new Forms { Version = 4, CertListType = listType, CertList = asCertificates ? null : list => list.WriteNull() });

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void Extensions_are_read_bare_and_tagged_and_with_a_needless_false(int version, bool tagged)
    {
        void List(AsnWriter writer) => Forms.Sequence(writer, () => Forms.Sequence(writer, () =>
        {
            writer.WriteObjectIdentifier("1.2.3.4");
            writer.WriteBoolean(false);
            writer.WriteOctetString([9]);
        }));
        var seal = SesSealData.Parse(new Forms
        {
            Version = version,
            SealExtensions = writer =>
            {
                if (!tagged)
                {
                    List(writer);
                    return;
                }

                using var scope = writer.PushSequence(Forms.Context0);
                List(writer);
            },
        }.SealData());
        (seal.Extensions.Single().Oid, seal.Extensions.Single().Critical).ShouldBe(("1.2.3.4", false));
        Outcome(seal).ShouldBe(SesOutcome.Passed);
    }

    [Theory]
    [InlineData("1.2.156.10197.501", SesReason.Ok)]
    [InlineData("1.2.840.113549.1.1.11", SesReason.AlgorithmNotAccepted)]
    [InlineData("2.999.12345678901234567890", SesReason.AlgorithmNotAccepted)]
    public void The_misprinted_algorithm_is_read_and_others_are_not_accepted(string oid, string reason)
    {
        Reason(SesSealData.Parse(new Forms { Algorithm = oid }.SealData())).ShouldBe(reason);
        Reason(SesSealData.Parse(new Forms { Version = 4, Algorithm = oid }.SealData())).ShouldBe(reason);
    }

    private SesSealVerification Verify(SesSealData seal) => SesSealVerification.Verify(seal, _parties.Trust, Parties.Now);

    private SesOutcome Outcome(SesSealData seal) => Verify(seal).Outcome;

    private string Reason(SesSealData seal) => Verify(seal).Decisive.Reason;

    private static void Refused(Forms forms) => Should.Throw<SesFormatException>(() => SesSealData.Parse(forms.SealData()));

    private static byte[] Sm3(byte[] data)
    {
        var (digest, hash) = (new SM3Digest(), new byte[32]);
        digest.BlockUpdate(data, 0, data.Length);
        digest.DoFinal(hash, 0);
        return hash;
    }
}
