using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Timestamps;

namespace Seal.Cryptography.Tests;

/// <summary>Requests as strangers send them: cut off, damaged, continued, huge. Each is read or refused in the one way that callers expect.</summary>
public sealed class MalformedRequestTests
{
    private static readonly DistinguishedName Subject = DistinguishedName.Of(new NameAttribute(NameAttributeTypes.CommonName, "甲公司"));

    private static readonly Dictionary<string, Action<ReadOnlyMemory<byte>>> Readers = new()
    {
        ["certification request"] = der => CertificationRequest.Parse(der),
        ["OCSP request"] = der => OcspRequest.Parse(der),
        ["time-stamp request"] = der => TimestampRequest.Parse(der),
    };

    public static TheoryData<string> Structures => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_request_that_is_cut_off_or_goes_on_is_malformed(string structure)
    {
        var good = Good(structure);
        Readers[structure](good);
        for (var length = 0; length < good.Length; length++)
        {
            var cut = good.AsMemory(0, length);
            Should.Throw<DerFormatException>(() => Readers[structure](cut), $"{length} bytes of {good.Length}");
        }

        Should.Throw<DerFormatException>(() => Readers[structure]((byte[])[.. good, 0]));
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_request_damaged_anywhere_is_read_or_malformed_and_nothing_else(string structure)
    {
        var good = Good(structure);
        for (var index = 0; index < good.Length; index++)
        {
            foreach (var to in (byte[])[0x00, 0x7F, 0x80, 0xFF, (byte)(good[index] ^ 0x20)])
            {
                var damaged = good.ToArray();
                damaged[index] = to;
                var refused = Record.Exception(() => Readers[structure](damaged));
                (refused is null or DerFormatException).ShouldBeTrue($"byte {index} as {to:X2}: {refused}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_huge_request_is_malformed(string structure)
    {
        Should.Throw<DerFormatException>(() => Readers[structure](new byte[4_000_000]));
        Should.Throw<DerFormatException>(() => Readers[structure]((byte[])[0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x30]), "a length that nothing has");
        byte[] nested = [.. Enumerable.Repeat<byte[]>([0x30, 0x80], 100_000).SelectMany(one => one)];
        Should.Throw<DerFormatException>(() => Readers[structure](nested), "nested without end");
    }

    private static byte[] Good(string structure)
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var now = TimeProvider.System.GetUtcNow();
        return structure switch
        {
            "certification request" => CertificationRequest.Create(Subject, key).RawData.ToArray(),
            "time-stamp request" => TimestampRequest.Create(DigestAlgorithm.Sha256, new byte[32], [1, 2, 3, 4, 5, 6, 7, 8]).RawData.ToArray(),
            _ => OcspRequest.Create(OcspCertId.Of(Root(), Root()), [1, 2, 3, 4, 5, 6, 7, 8]),
        };

        Certificate Root() => CertificateAuthority.SelfSign(
            new IssueRequest
            {
                Profile = CertificateProfile.RootAuthority,
                Subject = Subject,
                SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
                NotBefore = now,
                NotAfter = now.AddYears(1),
                SerialNumber = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 },
            },
            key);
    }
}
