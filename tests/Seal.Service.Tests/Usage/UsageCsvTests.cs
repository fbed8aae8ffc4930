using Seal.Service.Tests.Support;
using Seal.Service.Usage;

namespace Seal.Service.Tests.Usage;

public sealed class UsageCsvTests
{
    [Theory]
    [InlineData("sealed", "sealed")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"yes\"", "\"say \"\"yes\"\"\"")]
    [InlineData("one\ntwo", "\"one\ntwo\"")]
    [InlineData("合同", "合同")]
    public void A_field_is_quoted_where_it_must_be(string value, string field) => UsageCsv.Field(value).ShouldBe(field);

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    public void A_field_is_never_a_formula_to_a_spreadsheet(string value) => UsageCsv.Field(value).ShouldStartWith("'");

    [Fact]
    public void A_formula_with_a_comma_is_quoted_with_its_apostrophe() => UsageCsv.Field("=A1,B1").ShouldBe("\"'=A1,B1\"");

    [Theory]
    [InlineData(null, null)]
    [InlineData("*/*", null)]
    [InlineData("application/json", null)]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8", null)]
    [InlineData("text/csv", "text/csv")]
    [InlineData("TEXT/CSV; charset=utf-8", "text/csv")]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("application/json;q=0.5, text/csv;q=0.9", "text/csv")]
    [InlineData("application/json, text/csv;q=0.9", null)]
    [InlineData("text/csv;q=0, application/x-ndjson;q=0.1", "application/x-ndjson")]
    [InlineData("nonsense//", null)]
    public void The_log_is_written_as_is_liked_best(string? accept, string? written) =>
        UsageExport.WantedBy(Requests.WithHeader("Accept", accept)).ShouldBe(written);
}
