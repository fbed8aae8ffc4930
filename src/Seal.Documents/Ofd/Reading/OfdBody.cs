namespace Seal.Documents.Ofd;

/// <summary>One document in the package (DocBody): its pages, and where its signatures are listed.</summary>
/// <param name="Document">Document.xml; null when it is not in the package.</param>
/// <param name="Pages">The pages in order.</param>
/// <param name="SignatureList">The list of signatures; null when there is none.</param>
/// <param name="SignaturesLocation">Where OFD.xml says the list is; null when it says nothing.</param>
/// <param name="Defect">Why the document cannot be read; null when it can.</param>
internal sealed record OfdBody(
    ZipEntry? Document, IReadOnlyList<OfdPage> Pages, ZipEntry? SignatureList, string? SignaturesLocation, string? Defect)
{
    public static OfdBody Read(OfdPackage package, OfdElement body)
    {
        var document = body.TextOf("DocRoot") is { } root ? OfdPath.Locate(package, "", root) : null;
        var location = body.TextOf("Signatures");
        var list = location is null ? null : OfdPath.Locate(package, "", location);
        if (document is null)
        {
            return new OfdBody(null, [], list, location, "there is no Document.xml where OFD.xml says");
        }

        try
        {
            return new OfdBody(document, OfdPage.ReadAll(package, document), list, location, null);
        }
        catch (OfdFormatException error) when (error.Code == OfdProblem.Damaged)
        {
            return new OfdBody(document, [], list, location, error.Message);
        }
    }
}

/// <summary>A page of a document.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Id">Its ID in Document.xml, by which stamps refer to it.</param>
/// <param name="Content">Its content; null when it is not in the package.</param>
/// <param name="Box">The physical box that Document.xml gives all pages, in mm; null when it gives none that can be read.</param>
internal sealed record OfdPage(int Number, string Id, ZipEntry? Content, OfdBox? Box)
{
    public static IReadOnlyList<OfdPage> ReadAll(OfdPackage package, ZipEntry document)
    {
        var xml = OfdXml.Load(package, document);
        if (xml.Name != "Document")
        {
            throw OfdFormatException.Damaged($"{document.Name} begins with the element {xml.Name}");
        }

        var box = OfdBox.Parse(xml.One("CommonData")?.One("PageArea")?.TextOf("PhysicalBox"));
        OfdElement[] pages = [.. xml.One("Pages")?.All("Page") ?? []];
        if (pages.Length > package.Budget.Limits.MaxPages)
        {
            throw new OfdFormatException(OfdProblem.TooManyEntries, $"{pages.Length} pages", nameof(OfdLimits.MaxPages));
        }

        var folder = OfdPath.FolderOf(document.Name);
        return [.. pages.Select((page, index) => new OfdPage(index + 1, page["ID"] ?? "", Locate(page), box))];

        ZipEntry? Locate(OfdElement page) => page["BaseLoc"] is { } location ? OfdPath.Locate(package, folder, location) : null;
    }

    /// <summary>The page's own size (Page/Area), or else the document's.</summary>
    /// <exception cref="OfdFormatException">The page's content cannot be read.</exception>
    public OfdBox? Size(OfdPackage package) => Content is null
        ? Box
        : OfdBox.Parse(OfdXml.Load(package, Content).One("Area")?.TextOf("PhysicalBox")) ?? Box;
}
