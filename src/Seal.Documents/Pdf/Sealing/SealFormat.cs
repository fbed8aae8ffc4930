namespace Seal.Documents.Pdf;

/// <summary>What kind of structure a signature's <c>/Contents</c> holds.</summary>
public enum SealFormat
{
    /// <summary>CMS SignedData as PAdES wants it (EN 319 142-1), for RSA and ECDSA.</summary>
    Pades,

    /// <summary>SignedData of GB/T 35275, for SM2.</summary>
    GmSignedData,

    /// <summary>SES_Signature of GB/T 38540-2020 with the seal data inside, for SM2.</summary>
    Ses,
}

/// <summary>The names by which readers choose how to verify (ISO 32000-1 table 252).</summary>
/// <param name="Filter">Value of <c>/Filter</c>.</param>
/// <param name="SubFilter">Value of <c>/SubFilter</c>.</param>
public sealed record SignatureNames(string Filter, string SubFilter)
{
    /// <summary>PAdES (EN 319 142-1 §6.3).</summary>
    public static SignatureNames Pades { get; } = new("Adobe.PPKLite", "ETSI.CAdES.detached");

    /// <summary>
    /// What Chinese software writes over SM2 signatures; the names GM/T 0112-2021 fixes could not be consulted, so a host
    /// that knows them sets them.
    /// </summary>
    public static SignatureNames Sm2 { get; } = new("Adobe.PPKMS", "adbe.pkcs7.detached");

    /// <summary>A document time stamp (EN 319 142-1 §5.4.3).</summary>
    internal static SignatureNames Timestamp { get; } = new("Adobe.PPKLite", "ETSI.RFC3161");

    /// <summary>The names a format has unless a host sets others.</summary>
    public static SignatureNames Of(SealFormat format) => format == SealFormat.Pades ? Pades : Sm2;
}
