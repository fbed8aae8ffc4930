using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Seal.Service.OpenApi;

/// <summary>The machine-readable description of the API, at <c>/openapi/v1.json</c>, and the page to read it on, at <c>/docs</c>.</summary>
public static class OpenApiSetup
{
    /// <summary>The name of the security scheme: a bearer token from sign-in.</summary>
    public const string Bearer = "bearer";

    private const string Version = "v1";

    /// <summary>Adds what describes the API.</summary>
    public static IServiceCollection AddSealOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSingleton(_ => XmlTexts.Read()).AddSingleton<SerialiserSchemas>();
        services.AddTransient<ISchemaGenerator>(provider => provider.GetRequiredService<SerialiserSchemas>());
        return services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc(Version, new OpenApiInfo
            {
                Title = "Seal",
                Version = Version,
                Description = "Electronic seals from application to verified document, on a ledger that proves itself. "
                    + "Commands are posted, views are read; every refusal is problem details (RFC 9457) with a stable code.",
            });
            swagger.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The access token of POST /api/sign-in.",
            });
            swagger.OrderActionsBy(action => $"{action.RelativePath} {action.HttpMethod}");
            swagger.OperationFilter<CommandOperations>();
            swagger.OperationFilter<ViewOperations>();
        });
    }

    /// <summary>Serves the description and the page; the page's scripts come out of the program, so it works offline.</summary>
    public static WebApplication UseSealOpenApi(this WebApplication app)
    {
        app.UseSwagger(swagger =>
        {
            swagger.RouteTemplate = "openapi/{documentName}.json";
            swagger.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        });
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Seal";
            page.SwaggerEndpoint($"../openapi/{Version}.json", "Seal");
        });
        return app;
    }
}
