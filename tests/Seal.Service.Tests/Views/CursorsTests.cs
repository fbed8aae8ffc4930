using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Tests.Support;
using Seal.Service.Views;

namespace Seal.Service.Tests.Views;

public sealed class CursorsTests
{
    private const string Next = "17:印章";

    private static readonly ProjectionQuery Query = new("seals") { Filters = [new ProjectionFilter.Is("state.status", "active")] };

    private readonly Cursors _cursors = new(new RequestDigests(new byte[32]));

    [Fact]
    public void A_cursor_comes_back_as_it_was_given_out_whatever_the_size_of_the_page() =>
        _cursors.Open(Query with { Limit = 7 }, _cursors.GiveOut(Query, Next)!).ShouldBe(Next);

    [Fact]
    public void The_last_page_has_no_cursor() => _cursors.GiveOut(Query, null).ShouldBeNull();

    [Fact]
    public void A_cursor_of_another_list_filter_order_or_service_is_refused()
    {
        var cursor = _cursors.GiveOut(Query, Next)!;
        foreach (var other in new[]
        {
            Query with { Projection = "signings" }, Query with { Filters = [] }, Query with { Order = ProjectionOrder.OldestFirst },
            Query with { Filters = [new ProjectionFilter.Is("state.status", "frozen")] }, Query with { Filters = [.. Query.Filters, new ProjectionFilter.Is("state.kind", "contract")] },
        })
        {
            Refused.With("invalid-parameter", () => _cursors.Open(other, cursor)).Field.ShouldBe("cursor");
        }

        Refused.With("invalid-parameter", () => new Cursors(new RequestDigests("another"u8.ToArray())).Open(Query, cursor)).Field.ShouldBe("cursor");
    }

    [Theory]
    [InlineData("***")]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("MTc6YWJj")]
    public void What_was_never_given_out_is_refused(string cursor) =>
        Refused.With("invalid-parameter", () => _cursors.Open(Query, cursor)).Field.ShouldBe("cursor");
}
