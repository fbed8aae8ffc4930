using System.Diagnostics;
using System.Security.Cryptography;
using Seal.Benchmarks.Measuring;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Benchmarks.Keys;

/// <summary>
/// Issuing against the bare signature of the same key in memory: what the structure around it costs. And the time a long revocation
/// list takes.
/// </summary>
internal sealed class CertificateRows(Report report)
{
    private const string List = "Revocation list of 100,000, complete";
    private const double MostSeconds = 2;

    public async Task RunAsync()
    {
        foreach (var (algorithm, name) in new[] { (SignatureAlgorithm.RsaPkcs1Sha256, "RSA-2048"), (SignatureAlgorithm.EcdsaP256Sha256, "P-256"), (SignatureAlgorithm.Sm2Sm3, "SM2") })
        {
            await IssueAsync(algorithm, $"Issue a certificate, {name}, 1 thread");
        }

        Make();
    }

    private async Task IssueAsync(SignatureAlgorithm algorithm, string row)
    {
        if (!report.Wants(row))
        {
            return;
        }

        using var key = SoftwareKey.Generate(algorithm);
        var authority = Authority(key);
        var request = Request(CertificateProfile.Organisation, key);
        var message = new byte[600];
        List<double> ours = [], bare = [];
        for (var round = 0; round < KeysArea.Rounds; round++)
        {
            bare.Add(report.Told("bare signatures/s", await SoftwareRows.RateAsync(1, () => key.Sign(message))));
            ours.Add(report.Told("certificates/s", await SoftwareRows.RateAsync(1, () => authority.Issue(request with { SerialNumber = Serial() }))));
        }

        report.Add(BenchRow.AtLeast(row, ClosedLoop.Median(ours), ClosedLoop.Median(bare), "issued/s", 0.6));
    }

    private void Make()
    {
        if (!report.Wants(List))
        {
            return;
        }

        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var authority = Authority(key);
        var now = TimeProvider.System.GetUtcNow();
        CrlEntry[] entries = [.. Enumerable.Range(0, 100_000).Select(_ => new CrlEntry(Serial(), now, RevocationReason.Superseded))];
        List<double> taken = [];
        for (var round = 0; round < KeysArea.Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            authority.BuildCrl(entries, round + 1, now, now.AddDays(1));
            taken.Add(report.Told("seconds", watch.Elapsed.TotalSeconds));
        }

        report.Add(BenchRow.AtMost(List, ClosedLoop.Median(taken), MostSeconds, "s", 1));
    }

    private static CertificateAuthority Authority(SoftwareKey key) =>
        new(CertificateAuthority.SelfSign(Request(CertificateProfile.RootAuthority, key), key), key, TimeProvider.System);

    private static IssueRequest Request(CertificateProfile profile, SoftwareKey key) => new()
    {
        Profile = profile,
        Subject = DistinguishedName.Of(new NameAttribute(NameAttributeTypes.Organization, "Seal"), new NameAttribute(NameAttributeTypes.CommonName, profile.Name)),
        SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        NotBefore = TimeProvider.System.GetUtcNow().AddHours(-1),
        NotAfter = TimeProvider.System.GetUtcNow().AddDays(profile.IsAuthority ? 300 : 200),
        SerialNumber = Serial(),
        CrlUrls = ["http://ca.example/issuing.crl"],
        OcspUrls = ["http://ca.example/ocsp"],
    };

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
