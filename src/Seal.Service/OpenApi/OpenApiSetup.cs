namespace Seal.Service.OpenApi;

/// <summary>The machine-readable description of the API.</summary>
public static class OpenApiSetup
{
    /// <summary>Adds what describes the API.</summary>
    public static IServiceCollection AddSealOpenApi(this IServiceCollection services) => services.AddEndpointsApiExplorer().AddSwaggerGen();

    /// <summary>Serves the description and the page to read it on.</summary>
    public static WebApplication UseSealOpenApi(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI();
        return app;
    }
}
