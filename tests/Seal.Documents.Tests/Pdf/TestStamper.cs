using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Tests.Judging;

namespace Seal.Documents.Tests.Pdf;

/// <summary>A time-stamping authority in memory whose clock the test holds.</summary>
public sealed class TestStamper : ITimestampSource
{
    private readonly TimestampAuthority _authority;

    public TestStamper(TestAuthority? under = null, string? listUrl = null)
    {
        var issuer = under ?? TestAuthority.Rsa;
        var unit = issuer.Issue("Test Time Stamps", 9, CertificateProfile.TimeStamp, listUrl: listUrl);
        _authority = new TimestampAuthority(unit.Certificate, unit.Key, [issuer.Issuing], new TimestampOptions { Policy = "1.2.3.4.5" });
        MaximumTokenSize = 2048 + unit.Certificate.RawData.Length + issuer.Issuing.RawData.Length;
    }

    public DateTimeOffset Now { get; set; } = SealingSamples.Time.AddSeconds(3);

    public int MaximumTokenSize { get; }

    /// <summary>How many stamps there still are; afterwards the authority is out of reach.</summary>
    public int Left { get; set; } = int.MaxValue;

    public ValueTask<TimestampToken> StampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> digest, CancellationToken cancellation)
    {
        if (Left-- <= 0)
        {
            throw new TimestampException("The authority cannot be asked.");
        }

        var request = TimestampRequest.Create(algorithm, digest.Span, RandomNumberGenerator.GetBytes(8));
        return ValueTask.FromResult(_authority.Answer(request, Now, RandomNumberGenerator.GetBytes(TimestampAuthority.SerialNumberSize)).Token!);
    }
}
