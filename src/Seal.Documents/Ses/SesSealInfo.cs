namespace Seal.Documents.Ses;

/// <summary>SES_SealInfo, parsed.</summary>
internal sealed record SesSealInfo(
    int Version, string Vid, string SealId, SesProperty Property, SesPicture Picture, IReadOnlyList<SesExtension> Extensions);

/// <summary>SES_ESPropertyInfo, parsed.</summary>
internal sealed record SesProperty(
    int Type,
    string Name,
    SesCertListType CertListType,
    IReadOnlyList<ReadOnlyMemory<byte>> Certificates,
    IReadOnlyList<SesCertificateDigest> Digests,
    DateTimeOffset CreatedAt,
    DateTimeOffset ValidFrom,
    DateTimeOffset ValidUntil);

/// <summary>What the maker adds to SES_SealInfo, or the signer to TBS_Sign.</summary>
internal sealed record SesMakerPart(
    ReadOnlyMemory<byte> Certificate, string AlgorithmOid, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte>? TimeStamp);
