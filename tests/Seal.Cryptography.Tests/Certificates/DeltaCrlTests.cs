using System.Diagnostics;
using System.Numerics;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.X509.Extension;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;
using X509CrlParser = Org.BouncyCastle.X509.X509CrlParser;
using X509Extensions = Org.BouncyCastle.Asn1.X509.X509Extensions;

namespace Seal.Cryptography.Tests.Certificates;

public sealed class DeltaCrlTests
{
    private static readonly DateTimeOffset Now = Authority.Now;

    [Fact]
    public void A_delta_says_what_it_is_based_on_and_a_complete_list_where_its_deltas_are()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        var complete = Complete(authority, 7, []);
        var delta = Delta(authority, 9, 7, Entry(1, RevocationReason.CertificateHold));
        complete.FreshestUrls.ShouldBe(["http://ca.example/issuing-delta.crl"]);
        (complete.BaseNumber, delta.BaseNumber, delta.Number).ShouldBe((null, new BigInteger(7), new BigInteger(9)));
        delta.IsUnderstood.ShouldBeTrue();

        var theirs = new X509CrlParser().ReadCrl(delta.RawData.ToArray());
        theirs.GetCriticalExtensionOids().Cast<string>().ShouldBe([X509Extensions.DeltaCrlIndicator.Id]);
        ((DerInteger)X509ExtensionUtilities.FromExtensionValue(theirs.GetExtensionValue(X509Extensions.DeltaCrlIndicator))).Value.IntValue.ShouldBe(7);
    }

    [Fact]
    public void A_certificate_revoked_since_the_complete_list_is_revoked_by_the_delta()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        var (leaf, _) = authority.NewSigner();
        var complete = Complete(authority, 7, []);
        Find(authority, leaf, complete).ShouldBe(new RevocationFinding.Good());
        Find(authority, leaf, complete, Delta(authority, 8, 7, Entry(leaf, RevocationReason.KeyCompromise)))
            .ShouldBeOfType<RevocationFinding.Revoked>().Reason.ShouldBe(RevocationReason.KeyCompromise);
    }

    [Fact]
    public void A_suspension_that_ended_since_the_complete_list_is_taken_off_by_the_delta()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        var (leaf, _) = authority.NewSigner();
        var complete = Complete(authority, 7, [Entry(leaf, RevocationReason.CertificateHold)]);
        Find(authority, leaf, complete).ShouldBeOfType<RevocationFinding.Revoked>().Reason.ShouldBe(RevocationReason.CertificateHold);
        Find(authority, leaf, complete, Delta(authority, 8, 7, Entry(leaf, RevocationReason.RemoveFromCrl))).ShouldBe(new RevocationFinding.Good());
    }

    [Theory]
    [InlineData(9, 8, "begins after the complete list: what lies between is missing")]
    [InlineData(7, 6, "is not newer than the complete list")]
    public void A_delta_that_does_not_belong_to_the_complete_list_is_not_laid_over_it(int number, int since, string why)
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        var (leaf, _) = authority.NewSigner();
        Find(authority, leaf, Complete(authority, 7, []), Delta(authority, number, since, Entry(leaf, RevocationReason.KeyCompromise)))
            .ShouldBe(new RevocationFinding.Good(), why);
    }

    [Fact]
    public void A_delta_alone_tells_nothing_and_neither_does_one_of_another_key()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        using var other = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        var (leaf, _) = authority.NewSigner();
        Find(authority, leaf, Delta(authority, 8, 7, Entry(leaf, RevocationReason.KeyCompromise))).ShouldBe(new RevocationFinding.Unknown());
        Find(authority, leaf, Complete(authority, 7, []), Delta(other, 8, 7, Entry(leaf, RevocationReason.KeyCompromise))).ShouldBe(new RevocationFinding.Good());
    }

    [Fact]
    public void Only_a_delta_takes_certificates_off()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        Should.Throw<ArgumentException>(() => Complete(authority, 7, [Entry(1, RevocationReason.RemoveFromCrl)]));
        Should.Throw<ArgumentException>(() => Delta(authority, 7, 8));
    }

    [Fact]
    public void A_complete_list_of_100000_is_made_in_two_seconds_and_found_in()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        CrlEntry[] entries = [.. Enumerable.Range(0, 100_000).Select(_ => new CrlEntry(Serial(), Now, RevocationReason.Superseded))];
        var watch = Stopwatch.StartNew();
        var list = Complete(authority, 7, entries);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2), "made and read again");
        list.IsSignedBy(authority.Issuing).ShouldBeTrue();
        list.Entries.Count.ShouldBe(100_000);
    }

    private static RevocationFinding Find(Authority authority, Certificate leaf, params Crl[] lists) => new CrlEvidence(lists).Find(leaf, authority.Issuing, Now.AddHours(1));

    private static CrlEntry Entry(Certificate certificate, RevocationReason reason) => new(certificate.SerialNumber, Now.AddDays(-1), reason);

    private static CrlEntry Entry(byte serial, RevocationReason reason) => new(new[] { serial }, Now.AddDays(-1), reason);

    // Positive and without a leading zero byte, as authorities give them.
    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(20);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    private static Crl Complete(Authority authority, int number, IReadOnlyCollection<CrlEntry> entries) => Crl.Parse(authority.IssuingAuthority!.BuildCrl(
        Request(number, entries) with { FreshestUrls = ["http://ca.example/issuing-delta.crl"] }));

    private static Crl Delta(Authority authority, int number, int since, params CrlEntry[] entries) =>
        Crl.Parse(authority.IssuingAuthority!.BuildCrl(Request(number, entries) with { BaseNumber = since }));

    private static CrlRequest Request(int number, IReadOnlyCollection<CrlEntry> entries) =>
        new() { Entries = entries, Number = number, ThisUpdate = Now, NextUpdate = Now.AddDays(1) };
}
