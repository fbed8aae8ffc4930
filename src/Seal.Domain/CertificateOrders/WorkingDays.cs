namespace Seal.Domain.CertificateOrders;

/// <summary>Deadlines in working days: Monday to Friday in China. Public holidays are announced year by year and are not known here.</summary>
public static class WorkingDays
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>The same time of day, so many working days later.</summary>
    /// <param name="time">From when on.</param>
    /// <param name="days">How many; at least 1.</param>
    public static DateTimeOffset After(DateTimeOffset time, int days)
    {
        var end = time.ToOffset(China);
        while (days > 0)
        {
            end = end.AddDays(1);
            days -= end.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return end.ToUniversalTime();
    }
}
