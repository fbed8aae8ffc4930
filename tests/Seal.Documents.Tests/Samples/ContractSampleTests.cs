using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Samples;

public sealed class ContractSampleTests
{
    private static string SampleFile => Sample("contract.pdf");

    [Fact]
    public async Task The_contract_in_samples_is_the_one_that_its_maker_makes()
    {
        var made = PurchaseContract.Make();

        // SEAL_WRITE_SAMPLES=1 writes the file anew, after a change to its maker.
        if (Environment.GetEnvironmentVariable("SEAL_WRITE_SAMPLES") == "1")
        {
            await File.WriteAllBytesAsync(SampleFile, made, TestContext.Current.CancellationToken);
        }

        var committed = await File.ReadAllBytesAsync(SampleFile, TestContext.Current.CancellationToken);
        committed.Length.ShouldBeLessThan(150_000);
        var expected = await Uncompressed(made);
        var actual = await Uncompressed(committed);
        (actual == expected).ShouldBeTrue($"{SampleFile} is not what PurchaseContract makes; write it anew with SEAL_WRITE_SAMPLES=1");
    }

    [Fact]
    public async Task The_contract_as_an_ofd_is_the_one_that_its_maker_makes()
    {
        var made = await OfdContract.MakeAsync(TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("SEAL_WRITE_SAMPLES") == "1")
        {
            await File.WriteAllBytesAsync(Sample("contract.ofd"), made, TestContext.Current.CancellationToken);
        }

        using MemoryStream expected = new(made);
        await using var committed = File.OpenRead(Sample("contract.ofd"));
        Unzipped(committed).ShouldBe(Unzipped(expected), "write it anew with SEAL_WRITE_SAMPLES=1");
    }

    [Fact]
    public async Task The_contract_is_sound_and_its_text_can_be_read_by_machine()
    {
        using Tool tool = new();
        var file = tool.Save("contract.pdf", PurchaseContract.Make());

        (var exit, var report) = await tool.Run("qpdf", "--check", file);
        exit.ShouldBe(0, report);

        (_, var text) = await tool.Run("pdftotext", file, "-");
        text.ShouldContain(PurchaseContract.Buyer);
        text.ShouldContain(PurchaseContract.SellerCode);
    }

    [Theory]
    [InlineData(PurchaseContract.BuyerCode)]
    [InlineData(PurchaseContract.SellerCode)]
    public void The_companies_have_credit_codes_with_the_right_check_character(string code)
    {
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        int[] weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        var sum = weights.Select((weight, i) => weight * alphabet.IndexOf(code[i], StringComparison.Ordinal)).Sum();
        code.Length.ShouldBe(18);
        code[17].ShouldBe(alphabet[(31 - (sum % 31)) % 31]);

        // Characters 9 to 17 are an organisation code with a check character of its own (GB 11714).
        const string plain = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        int[] inner = [3, 7, 9, 10, 5, 8, 4, 2];
        var rest = 11 - (inner.Select((weight, i) => weight * plain.IndexOf(code[8 + i], StringComparison.Ordinal)).Sum() % 11);
        code[16].ShouldBe(rest switch { 10 => 'X', 11 => '0', _ => (char)('0' + rest) });
    }

    // Compressed data may differ from one machine's zlib to another's.
    private static async Task<string> Uncompressed(byte[] file)
    {
        using Tool tool = new();
        var output = tool.Path("plain.pdf");
        (var exit, var report) = await tool.Run("qpdf", "--qdf", "--no-original-object-ids", "--static-id", tool.Save("file.pdf", file), output);

        // 3 is a warning: PDFsharp leaves the end off the compressed character map, too.
        exit.ShouldBeOneOf([0, 3], report);
        return await File.ReadAllTextAsync(output, Encoding.Latin1, TestContext.Current.CancellationToken);
    }

    private static List<(string Name, string Content)> Unzipped(Stream file)
    {
        using ZipArchive package = new(file, ZipArchiveMode.Read);
        return [.. package.Entries.Select(static entry =>
        {
            using StreamReader reader = new(entry.Open());
            return (entry.FullName, reader.ReadToEnd());
        })];
    }

    private static string Sample(string name) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../samples", name));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
