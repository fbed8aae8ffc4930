namespace Seal.Documents.Ses;

/// <summary>TBS_Sign, parsed; signer and algorithm of version 1 are kept with the signature as in version 4.</summary>
internal sealed record SesTbsSign(
    int Version,
    SesSealData SealData,
    SesTimeInfo TimeInfo,
    ReadOnlyMemory<byte> DataHash,
    string PropertyInfo,
    IReadOnlyList<SesExtension> Extensions);
