namespace Seal.Ledger.Evidence;

/// <summary>What kinds of materials an evidence file has; part of the format.</summary>
public static class EvidenceMaterialKind
{
    /// <summary>The certificate of a root authority (X.509, DER).</summary>
    public const string Root = "root";

    /// <summary>The certificate of an issuing authority (X.509, DER).</summary>
    public const string Authority = "authority";

    /// <summary>The certificate of the maker of seal data (X.509, DER).</summary>
    public const string Maker = "maker";

    /// <summary>A certificate revocation list (RFC 5280, DER).</summary>
    public const string RevocationList = "revocation-list";

    /// <summary>A holder's certificate (X.509, DER); its name is its stream.</summary>
    public const string Certificate = "certificate";

    /// <summary>An edition of seal data (GB/T 38540, DER); its name is the seal's stream, a space and its number.</summary>
    public const string SealData = "seal-data";
}
