using Seal.Ledger;
using Seal.Service.Tests.Support;
using Seal.Service.Views;

namespace Seal.Service.Tests.Views;

public sealed class QueryParametersTests
{
    private static QueryParameters Read(string query) => new(Requests.WithQuery(query), "limit", "cursor", "version", "at", "status");

    [Theory]
    [InlineData("?colour=red", "colour")]
    [InlineData("?Limit=5", "Limit")]
    [InlineData("?limit=5&limit=6", "limit")]
    public void An_unknown_or_repeated_parameter_is_refused(string query, string name) =>
        Refused.With("invalid-parameter", () => Read(query)).Field.ShouldBe(name);

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=201")]
    [InlineData("?limit=ten")]
    [InlineData("?limit=+5")]
    [InlineData("?limit=5.0")]
    [InlineData("?limit=")]
    [InlineData("?limit=99999999999999999999")]
    public void A_page_has_1_to_200_items(string query) =>
        Refused.With("invalid-parameter", () => Read(query).Limit()).Field.ShouldBe("limit");

    [Theory]
    [InlineData("", 50)]
    [InlineData("?limit=1", 1)]
    [InlineData("?limit=200", 200)]
    public void A_page_has_as_many_items_as_asked_for(string query, int limit) => Read(query).Limit().ShouldBe(limit);

    [Theory]
    [InlineData("?at=2026-03-05T08:00:00%2B08:00")]
    [InlineData("?at=2026-03-05T00:00:00Z")]
    [InlineData("?at=2026-03-05T00:00:00.000Z")]
    public void A_time_is_read_with_its_offset(string query) =>
        Read(query).Until().ShouldBe(ReadUntil.Time(new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("?at=2026-03-05")]
    [InlineData("?at=2026-03-05T00:00:00")]
    [InlineData("?at=05/03/2026")]
    [InlineData("?at=yesterday")]
    [InlineData("?at=2026-02-30T00:00:00Z")]
    [InlineData("?version=3&at=2026-03-05T00:00:00Z")]
    public void What_is_no_time_or_stands_beside_a_version_is_refused(string query) =>
        Refused.With("invalid-parameter", () => Read(query).Until()).Field.ShouldBe("at");

    [Fact]
    public void The_past_is_read_up_to_a_version() => Read("?version=3").Until().ShouldBe(ReadUntil.Version(3));

    [Fact]
    public void A_version_counts_from_1() => Refused.With("invalid-parameter", () => Read("?version=0").Until()).Field.ShouldBe("version");

    [Fact]
    public void Without_version_and_time_everything_is_read() => Read("").Until().ShouldBe(ReadUntil.All);

    [Theory]
    [InlineData("?status=")]
    [InlineData("?status=a%00b")]
    [InlineData("?status=a%0Ab")]
    public void A_text_has_something_in_it_and_nothing_of_control(string query) =>
        Refused.With("invalid-parameter", () => Read(query).Text("status")).Field.ShouldBe("status");

    [Fact]
    public void A_text_over_200_characters_is_refused() =>
        Refused.With("invalid-parameter", () => Read($"?status={new string('x', 201)}").Text("status")).Field.ShouldBe("status");
}
