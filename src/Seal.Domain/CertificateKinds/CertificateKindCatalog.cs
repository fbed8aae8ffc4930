using System.Text;

namespace Seal.Domain.CertificateKinds;

/// <summary>The kinds of certificates there are, from a file.</summary>
public sealed class CertificateKindCatalog
{
    private const string Shipped = "CertificateKinds.json";

    private CertificateKindCatalog(IReadOnlyList<CertificateKind> all) => All = all;

    /// <summary>The kinds that the platform comes with.</summary>
    public static CertificateKindCatalog Default { get; } = Read(ShippedFile(), Shipped);

    /// <summary>All kinds, in the order of the file.</summary>
    public IReadOnlyList<CertificateKind> All { get; }

    /// <summary>A kind by its name; <c>null</c> when there is none.</summary>
    public CertificateKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>A kind that every file has: that of the certificates of seals.</summary>
    public CertificateKind OfSeals => Find(CertificateKind.OfSeals)!;

    /// <summary>Reads a file of kinds (JSON, with comments; docs/certificates.md describes it).</summary>
    /// <param name="json">The file, UTF-8.</param>
    /// <param name="name">What the file is called in messages.</param>
    /// <exception cref="KindFileException">Something in it is wrong; the message names line and field.</exception>
    public static CertificateKindCatalog Read(ReadOnlySpan<byte> json, string name)
    {
        var preamble = Encoding.UTF8.Preamble;
        var file = LocatedJson.Parse(json.StartsWith(preamble) ? json[preamble.Length..] : json, name);
        file.RequireMembers("kinds");
        List<CertificateKind> kinds = [];
        foreach (var item in file.Need("kinds").Items())
        {
            var kind = KindReader.Read(item);
            if (kinds.Any(known => known.Name == kind.Name))
            {
                throw item.Need("name").Wrong($"there are two kinds called {kind.Name}; give one of them another name");
            }

            kinds.Add(kind);
        }

        return kinds.Any(kind => kind is { Name: CertificateKind.OfSeals, Holder: CertificateHolder.PersonOfOrganisation })
            ? new CertificateKindCatalog(kinds)
            : throw file.Need("kinds").Wrong($"there must be a kind {CertificateKind.OfSeals} whose holder is person-of-organisation: certificates of seals are of that kind");
    }

    /// <summary>The file that the platform comes with: what to begin one's own with.</summary>
    public static byte[] ShippedFile()
    {
        using var stream = typeof(CertificateKindCatalog).Assembly.GetManifestResourceStream(Shipped)!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }
}
