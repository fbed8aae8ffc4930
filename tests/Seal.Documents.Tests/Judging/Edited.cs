using System.Text;
using Seal.Documents.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Objects of a file with something changed, to be appended in an update.</summary>
internal static class Edited
{
    public static PdfView Newest(byte[] file) => PdfFile.Open(new MemoryStream(file), PdfLimits.Default, TestContext.Current.CancellationToken).Newest;

    /// <summary>An object with one entry set; null as text removes it.</summary>
    public static (int, string) With(byte[] file, int number, string key, string? value)
    {
        var dictionary = (PdfDictionary)Newest(file).Object(number);
        return (number, Text(value is null
            ? new PdfDictionary(dictionary.Entries.Where(entry => entry.Key != key))
            : dictionary.With(key, Value(value))));
    }

    /// <summary>The catalog with one entry set.</summary>
    public static (int, string) Catalog(byte[] file, string key, string? value) => With(file, CatalogNumber(file), key, value);

    /// <summary>An entry of the catalog as it is written.</summary>
    public static string CatalogEntry(byte[] file, string key) => Text(Newest(file).Catalog[key]!);

    /// <summary>The number of the object that a field's name leads to.</summary>
    public static int Field(byte[] file, string name) => PdfFields.Walk(Newest(file)).First(field => field.FullName == name).Reference.Number;

    public static int CatalogNumber(byte[] file) => ((PdfReference)Newest(file).Trailer["Root"]!).Number;

    public static string Text(PdfObject value)
    {
        PdfSyntaxWriter writer = new();
        writer.Value(value);
        return Encoding.Latin1.GetString(writer.ToArray());
    }

    private static PdfObject Value(string text) =>
        new PdfParser(new MemoryBytes(Encoding.Latin1.GetBytes(text + " ")), new PdfBudget(PdfLimits.Default, TestContext.Current.CancellationToken)).ReadValue();
}
