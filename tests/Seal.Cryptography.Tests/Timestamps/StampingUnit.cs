using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;
using Seal.Cryptography.Timestamps;

namespace Seal.Cryptography.Tests.Timestamps;

/// <summary>A time-stamping authority under an authority of one algorithm.</summary>
internal sealed class StampingUnit : IDisposable
{
    public const string Policy = "1.3.6.1.4.1.99999.1";

    public static readonly byte[] Data = "what is stamped"u8.ToArray();

    public StampingUnit(SignatureAlgorithm algorithm, TimestampOptions? options = null)
    {
        Pki = new Authority(algorithm);
        (Certificate, Key) = Pki.NewSigner("Time Stamps", CertificateProfile.TimeStamp);
        Authority = new TimestampAuthority(Certificate, Key, [Pki.Issuing], options ?? new TimestampOptions { Policy = Policy, Accuracy = TimeSpan.FromMilliseconds(1500) });
    }

    public Authority Pki { get; }

    public Certificate Certificate { get; }

    public SoftwareKey Key { get; }

    public TimestampAuthority Authority { get; }

    public static byte[] Serial => [.. Enumerable.Range(1, TimestampAuthority.SerialNumberSize).Select(number => (byte)number)];

    public TimestampResponse Answer(TimestampRequest request, DateTimeOffset? time = null) => Authority.Answer(request, time ?? Support.Authority.Now, Serial);

    public TimestampVerification Verify(TimestampToken token, ReadOnlySpan<byte> digest) => token.Verify(digest, [], [Pki.Root], RevocationEvidence.NotRequired);

    public void Dispose() => Pki.Dispose();
}
