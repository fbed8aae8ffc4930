using System.Globalization;
using Seal.Domain.CertificateOrders;

namespace Seal.Domain.Tests.CertificateOrders;

public sealed class Deadlines
{
    [Theory]
    [InlineData("2026-11-18T10:00:00+08:00", 1, "2026-11-19T10:00:00+08:00", "Wednesday to Thursday")]
    [InlineData("2026-11-20T10:00:00+08:00", 1, "2026-11-23T10:00:00+08:00", "Friday to Monday")]
    [InlineData("2026-11-20T10:00:00+08:00", 3, "2026-11-25T10:00:00+08:00", "three days over a weekend")]
    [InlineData("2026-11-21T23:00:00+08:00", 1, "2026-11-23T23:00:00+08:00", "Saturday to Monday")]
    [InlineData("2026-11-19T18:00:00Z", 1, "2026-11-22T18:00:00Z", "Friday in China already, so Monday there")]
    public void Working_days_leave_out_the_weekends_of_China(string from, int days, string expected, string why) =>
        WorkingDays.After(Time(from), days).ShouldBe(Time(expected), why);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
