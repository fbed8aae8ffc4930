using Seal.Cryptography.Certificates;

namespace Seal.Documents.Ses;

/// <summary>certListType: how a seal names the certificates that may sign with it.</summary>
public enum SesCertListType
{
    /// <summary>By the certificates themselves.</summary>
    Certificates = 1,

    /// <summary>By their digests; written as plain SM3 over the DER.</summary>
    Digests = 2,
}

/// <summary>What a seal is made from (GB/T 38540-2020, SES_SealInfo). Times are written in UTC, whole seconds.</summary>
public sealed record SesSealRequest
{
    /// <summary>header.Vid: who makes the seals, 1–64 printable ASCII characters.</summary>
    public required string Vid { get; init; }

    /// <summary>esID: the seal's number, 1–64 printable ASCII characters.</summary>
    public required string SealId { get; init; }

    /// <summary>property.type: kind of seal, 1–99; its meaning is agreed by the business (01 名称章 … 99 其他).</summary>
    public required int Type { get; init; }

    /// <summary>property.name: 1–200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Certificates whose keys may sign with the seal, 1–64.</summary>
    public required IReadOnlyList<Certificate> SignerCertificates { get; init; }

    /// <summary>Whether the list carries certificates or digests.</summary>
    public SesCertListType CertListType { get; init; } = SesCertListType.Certificates;

    /// <summary>property.createDate.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>property.validStart.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>property.validEnd, after the start.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>The picture: 1 byte to 8 MB, 1–255 mm each way.</summary>
    public required SesPicture Picture { get; init; }

    /// <summary>extDatas, at most 64.</summary>
    public IReadOnlyList<SesExtension> Extensions { get; init; } = [];
}
