using System.Globalization;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Timestamps;

/// <summary>How an authority stamps.</summary>
public sealed record TimestampOptions
{
    /// <summary>The policy it stamps under, as an object identifier; the only one it accepts.</summary>
    public required string Policy { get; init; }

    /// <summary>By how much its clock may be off, in whole microseconds; zero states nothing.</summary>
    public TimeSpan Accuracy { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>States that all tokens can be ordered by their times: the host then hands in times that strictly rise, by milliseconds.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Whether this request can be answered with a token at all: the refusal if not, else null. Needs no clock and no key.</summary>
    public TimestampResponse? Refusal(TimestampRequest request)
    {
        if (request.Version != 1)
        {
            return TimestampResponse.Refuse(TimestampFailure.BadRequest, "Only version 1 of a request is known.");
        }

        if (request.MessageImprint.Algorithm is null)
        {
            return TimestampResponse.Refuse(TimestampFailure.BadAlgorithm, "Digests are accepted by SHA-256, SHA-384, SHA-512, SHA3-256, SHA3-384, SHA3-512 and SM3.");
        }

        if (!request.MessageImprint.IsWellFormed)
        {
            return TimestampResponse.Refuse(TimestampFailure.BadDataFormat, "The digest is not as long as its algorithm makes it.");
        }

        if (request.Policy is { } policy && policy != Policy)
        {
            return TimestampResponse.Refuse(TimestampFailure.UnacceptedPolicy, $"Time stamps are made under the policy {Policy} only.");
        }

        if (request.Extensions.Count > 0)
        {
            return TimestampResponse.Refuse(TimestampFailure.UnacceptedExtension, $"The extension {request.Extensions[0]} is not known.");
        }

        return request.Nonce is { } nonce && nonce.GetByteCount() > TimestampRequest.MaximumNonceSize
            ? TimestampResponse.Refuse(TimestampFailure.BadRequest, string.Create(CultureInfo.InvariantCulture, $"A nonce has {TimestampRequest.MaximumNonceSize} bytes at most."))
            : null;
    }
}

/// <summary>A time-stamping authority (RFC 3161): answers requests, each by itself. Times and serial numbers are handed in.</summary>
public sealed class TimestampAuthority
{
    /// <summary>Length of a fresh serial number in bytes; RFC 3161 §2.4.2 allows 20.</summary>
    public const int SerialNumberSize = 20;

    private readonly ISigner _signer;
    private readonly IReadOnlyList<Certificate> _chain;
    private readonly TimestampOptions _options;

    /// <param name="certificate">The authority's certificate: for time stamps alone, critically.</param>
    /// <param name="signer">The key it certifies.</param>
    /// <param name="chain">The certificates above it, for clients that ask for them.</param>
    /// <param name="options">How it stamps.</param>
    /// <exception cref="ArgumentException">Certificate and key do not belong together, or the certificate is not for time stamps alone.</exception>
    public TimestampAuthority(Certificate certificate, ISigner signer, IReadOnlyList<Certificate> chain, TimestampOptions options)
    {
        if (!certificate.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException($"The key is not that of {certificate}.", nameof(signer));
        }

        if (!KeyPurpose.TimeStamping.Allows(certificate))
        {
            throw new ArgumentException($"{certificate} is not for time stamps alone (RFC 3161 §2.3).", nameof(certificate));
        }

        if (options.Accuracy < TimeSpan.Zero || options.Accuracy > TimeSpan.FromDays(1) || options.Accuracy.Nanoseconds != 0)
        {
            throw new ArgumentException("The accuracy is a whole number of microseconds, one day at most.", nameof(options));
        }

        Certificate = certificate;
        _signer = signer;
        _chain = chain;
        _options = options;
    }

    /// <summary>The authority's certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>The policy it stamps under, as an object identifier.</summary>
    public string Policy => _options.Policy;

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="time">The time to state; what is finer than milliseconds is dropped.</param>
    /// <param name="serialNumber">8 to 20 random bytes; the top bit is cleared and the next one set, as in certificates.</param>
    public TimestampResponse Answer(TimestampRequest request, DateTimeOffset time, ReadOnlySpan<byte> serialNumber)
    {
        if (_options.Refusal(request) is { } refusal)
        {
            return refusal;
        }

        if (time < Certificate.NotBefore || time > Certificate.NotAfter)
        {
            return TimestampResponse.Refuse(TimestampFailure.SystemFailure, "The authority's certificate is not valid now.");
        }

        var whole = new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        var statement = TimestampInfo.Encode(
            request, _options.Policy, CertificateWriter.PositiveSerial(serialNumber), whole, _options.Accuracy, _options.IsOrdered, Certificate.Subject);
        return TimestampResponse.Grant(CmsSignedData.Create(
            new CmsRequest
            {
                MessageDigest = _signer.Algorithm.Digest().HashData(statement),
                Algorithm = _signer.Algorithm,
                SignerCertificate = Certificate,
                Chain = _chain,
                WithCertificates = request.WantsCertificates,
                Content = new CmsEnclosed(Oids.TstInfo, statement),
            },
            _signer));
    }
}
