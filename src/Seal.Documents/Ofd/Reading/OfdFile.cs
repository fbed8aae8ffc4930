namespace Seal.Documents.Ofd;

/// <summary>An OFD document (GB/T 33190): its package, and the documents (DocBody) that OFD.xml names.</summary>
internal sealed class OfdFile
{
    public const string RootName = "OFD.xml";

    private OfdFile(OfdPackage package, ZipEntry root, IReadOnlyList<OfdBody> bodies) => (Package, Root, Bodies) = (package, root, bodies);

    public OfdPackage Package { get; }

    /// <summary>OFD.xml.</summary>
    public ZipEntry Root { get; }

    public IReadOnlyList<OfdBody> Bodies { get; }

    /// <summary>Opens a document.</summary>
    /// <param name="stream">Readable and seekable; stays open as long as this is used.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="OfdFormatException">It is no OFD, or beyond the limits.</exception>
    public static OfdFile Open(Stream stream, OfdLimits limits, CancellationToken cancellation)
    {
        var package = OfdPackage.Open(stream, limits, cancellation);
        if (package.Find(RootName) is not { IsDirectory: false } root)
        {
            throw new OfdFormatException(OfdProblem.NotAnOfd, "there is no OFD.xml in the package");
        }

        var xml = OfdXml.Load(package, root);
        if (xml.Name != "OFD")
        {
            throw new OfdFormatException(OfdProblem.NotAnOfd, $"OFD.xml begins with the element {xml.Name}");
        }

        // GM/T 0099 annex C: the package then holds ciphertext beside what can be read.
        if (xml.Children.Any(static child => child.Name == "Encryptions") || xml.All("DocBody").Any(static body => body.All("Encryptions").Any()))
        {
            throw new OfdFormatException(OfdProblem.Encrypted, "OFD.xml names encryptions (GM/T 0099)");
        }

        OfdBody[] bodies = [.. xml.All("DocBody").Select(body => OfdBody.Read(package, body))];
        return bodies.Length > 0 ? new OfdFile(package, root, bodies) : throw OfdFormatException.Damaged("OFD.xml names no document");
    }
}
