using System.Text;
using Seal.Documents.Pdf;

namespace Seal.Documents.Tests.Pdf;

public sealed class PdfSyntaxTests
{
    [Theory]
    [InlineData("<</A 1/B [1 2 R 3]>>", "<</A 1/B [1 2 R 3]>>")]
    [InlineData("[1 0 R 12 0 R -5 +7 .5 -0.25]", "[1 0 R 12 0 R -5 7 .5 -0.25]")]
    [InlineData("(a\\(b\\)\\\\ \\101\\n(c))", "(a\\(b\\)\\\\ A\n\\(c\\))")]
    [InlineData("<48 656C6c6F7>", "<48656C6C6F70>")]
    [InlineData("/A#42#20c", "/AB#20c")]
    [InlineData("[true false null % remark\n (x)]", "[true false null (x)]")]
    public void What_is_read_is_written_back_with_the_same_meaning(string text, string expected)
    {
        PdfSyntaxWriter writer = new();
        writer.Value(Read(text));
        Encoding.Latin1.GetString(writer.ToArray()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("<</A 1/A 2>>", true)]
    [InlineData("<</A 1/B 2>>", false)]
    public void A_key_that_stands_twice_is_noticed(string text, bool twice) =>
        ((PdfDictionary)Read(text)).HasDuplicateKeys.ShouldBe(twice);

    [Theory]
    [InlineData("<</A>>")]
    [InlineData("<<1 2>>")]
    [InlineData("[1 2")]
    [InlineData("(abc")]
    [InlineData("<12 34")]
    [InlineData("<12 3x>")]
    [InlineData("[>>]")]
    [InlineData("")]
    public void Broken_syntax_is_damage(string text) =>
        Should.Throw<PdfFormatException>(() => Read(text)).Code.ShouldBe(PdfProblem.Damaged);

    [Fact]
    public void Numbers_of_other_worlds_are_no_numbers()
    {
        Read("NaN").ShouldBeOfType<PdfKeyword>();
        Read("-Infinity").ShouldBeOfType<PdfKeyword>();
        Read("1e5").ShouldBeOfType<PdfKeyword>();
    }

    private static PdfObject Read(string text) =>
        new PdfParser(new MemoryBytes(Encoding.Latin1.GetBytes(text)), new PdfBudget(PdfLimits.Default, TestContext.Current.CancellationToken)).ReadValue();
}
