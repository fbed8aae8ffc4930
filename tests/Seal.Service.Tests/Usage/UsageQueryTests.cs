using Seal.Service.Tests.Support;
using Seal.Service.Usage;
using Seal.Service.Views;

namespace Seal.Service.Tests.Usage;

public sealed class UsageQueryTests
{
    private static UsageQuery Read(string query) => UsageQuery.Read(new QueryParameters(Requests.WithQuery(query), UsageQuery.Names));

    [Theory]
    [InlineData("?region=44", "region")]
    [InlineData("?region=4403000", "region")]
    [InlineData("?region=44030x", "region")]
    [InlineData("?region=%EF%BC%94%EF%BC%94%EF%BC%90%EF%BC%93%EF%BC%90%EF%BC%90", "region")]
    [InlineData("?outcome=banana", "outcome")]
    [InlineData("?outcome=none", "outcome")]
    [InlineData("?outcome=Sealed", "outcome")]
    [InlineData("?from=2026-03-05T00:00:00Z&until=2026-03-04T00:00:00Z", "from")]
    public void What_no_use_can_have_is_refused_and_not_answered_with_an_empty_log(string query, string name) =>
        Refused.With("invalid-parameter", () => Read(query)).Field.ShouldBe(name);

    [Fact]
    public void Every_outcome_of_a_use_can_be_asked_for()
    {
        UsageQuery.Outcomes.Keys.ShouldBe(["requested", "sealed", "declined", "failed"], ignoreOrder: true);
        Read("?region=440300&outcome=declined").ShouldSatisfyAllConditions(
            query => query.Region.ShouldBe("440300"), query => query.Outcome.ShouldBe("declined"));
    }

    [Fact]
    public void An_app_is_asked_for_by_its_number_and_not_beside_a_person()
    {
        Read("?app=abc").Person.ShouldBe("app-abc");
        Refused.With("invalid-parameter", () => Read("?app=abc&person=def")).Field.ShouldBe("app");
    }
}
