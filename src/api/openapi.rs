//! The OpenAPI document (3.1), made of the list of endpoints and of the shapes of answers; its sentences come in the language
//! asked for.

use actix_web::{HttpRequest, web};
use serde_json::{Map, Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::problem::{self, MEDIA_TYPE, Problem};
use super::serve::{Made, json as answer};
use super::shape::{Agencies, DatasetVersion, Datasets, Entry, Records, Table, Topics, Versions};
use super::{Answer, BASE, ENDPOINTS, Endpoint, FORMATS, Parameter, Shape, endpoint};
use crate::http::{App, Outcome};
use crate::kernel::{Lang, Result};

/// GET /api/v1/openapi.json
pub(super) async fn show(req: HttpRequest, app: web::Data<App>) -> Outcome {
    answer(&req, &app, endpoint("openapi"), async |asked| Ok(Ok(Made::from(document(&app, asked.lang())?)))).await
}

/// A shape under its name, with those it is made of.
fn add<T: ToSchema>(into: &mut Map<String, Value>) -> Result<()> {
    let mut parts: Vec<(String, RefOr<Schema>)> = vec![(T::name().into_owned(), <T as PartialSchema>::schema())];
    T::schemas(&mut parts);
    for (name, schema) in parts {
        into.insert(name, serde_json::to_value(&schema)?);
    }
    Ok(())
}

fn document(app: &App, lang: Lang) -> Result<Value> {
    let text = |id: &str| app.parts.texts.text(lang, id, &[]);
    let mut schemas = Map::new();
    add::<Entry>(&mut schemas)?;
    add::<Datasets>(&mut schemas)?;
    add::<DatasetVersion>(&mut schemas)?;
    add::<Versions>(&mut schemas)?;
    add::<Table>(&mut schemas)?;
    add::<Records>(&mut schemas)?;
    add::<Agencies>(&mut schemas)?;
    add::<Topics>(&mut schemas)?;
    add::<Problem>(&mut schemas)?;
    let mut paths = Map::new();
    for endpoint in ENDPOINTS {
        paths.insert(endpoint.route.path.to_owned(), json!({ "get": operation(app, lang, endpoint) }));
    }
    let mut problems = Map::new();
    for (kind, _) in problem::KINDS {
        let description = text(&format!("api-problem-{kind}-text"));
        let content = json!({ MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } });
        problems.insert(kind.to_owned(), json!({ "description": description, "content": content }));
    }
    let site = &app.site;
    let terms = &app.profile().terms;
    Ok(json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("{}: API", site.public_name.get(lang)),
            "version": "1",
            "description": text("api-lead"),
            "license": {
                "name": terms.short.get(lang).0,
                "url": format!("{}{}/terms", site.public_url, lang.prefix()),
            },
        },
        "externalDocs": { "url": format!("{}{}/api", site.public_url, lang.prefix()) },
        "servers": [{ "url": site.public_url }],
        "security": [],
        "tags": [
            { "name": "catalogue", "description": text("api-tag-catalogue") },
            { "name": "rows", "description": text("api-tag-rows") },
        ],
        "paths": paths,
        "components": { "schemas": schemas, "responses": problems },
    }))
}

fn operation(app: &App, lang: Lang, endpoint: &Endpoint) -> Value {
    let text = |id: &str| app.parts.texts.text(lang, id, &[]);
    let path = endpoint.route.path;
    let mut parameters: Vec<Value> = Vec::new();
    for name in path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        let schema = match name {
            "number" => json!({ "type": "integer", "format": "int32", "minimum": 1 }),
            _ => json!({ "type": "string" }),
        };
        let description = text(&format!("api-path-{name}"));
        parameters.push(
            json!({ "name": name, "in": "path", "required": true, "description": description, "schema": schema }),
        );
    }
    parameters.extend(endpoint.parameters.iter().map(|one| parameter(&text(&one.text_id()), one)));
    let content = match endpoint.answer {
        Answer::Json(name) => {
            json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } })
        }
        Answer::OpenApi => json!({ "application/json": { "schema": { "type": "object" } } }),
        Answer::Rows => {
            let mut content = Map::new();
            for (code, media_type, _) in FORMATS {
                let schema = match code {
                    "json" => json!({ "$ref": "#/components/schemas/Records" }),
                    "csv" | "ndjson" => json!({ "type": "string" }),
                    // Bytes, as OpenAPI 3.1 says it.
                    _ => json!({}),
                };
                content.insert(media_type.to_owned(), json!({ "schema": schema }));
            }
            Value::Object(content)
        }
    };
    let problem = |kind: &str| json!({ "$ref": format!("#/components/responses/{kind}") });
    let mut responses = Map::new();
    let header = |id: &str| json!({ "description": text(id), "schema": { "type": "string" } });
    responses.insert(
        "200".to_owned(),
        json!({
            "description": text(&format!("api-endpoint-{}", endpoint.id)),
            "headers": { "ETag": header("api-header-etag"), "Link": header("api-header-link") },
            "content": content,
        }),
    );
    responses.insert("304".to_owned(), json!({ "description": text("api-not-modified") }));
    responses.insert("400".to_owned(), problem("invalid"));
    let named = path.contains('{');
    if named {
        responses.insert("404".to_owned(), problem("not-found"));
        responses.insert("410".to_owned(), problem("gone"));
    }
    if endpoint.answer == Answer::Rows {
        responses.insert("206".to_owned(), json!({ "description": text("api-partial") }));
        responses.insert("406".to_owned(), problem("not-acceptable"));
        responses.insert("412".to_owned(), json!({ "description": text("api-precondition") }));
        responses.insert("416".to_owned(), json!({ "description": text("api-range") }));
    }
    responses.insert("429".to_owned(), problem("too-many"));
    responses.insert("503".to_owned(), problem("unavailable"));
    let rows = path.contains("/tables/");
    debug_assert!(path.starts_with(BASE));
    json!({
        "operationId": endpoint.id,
        "summary": text(&format!("api-endpoint-{}", endpoint.id)),
        "tags": [if rows { "rows" } else { "catalogue" }],
        "parameters": parameters,
        "responses": responses,
    })
}

fn parameter(description: &str, one: &Parameter) -> Value {
    let mut value = json!({ "name": one.name, "in": "query", "description": description });
    let schema = match one.shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Number(least, most, usual) => {
            json!({ "type": "integer", "minimum": least, "maximum": most, "default": usual })
        }
        Shape::OneOf(values) => json!({ "type": "string", "enum": values }),
        Shape::Several => {
            value["style"] = json!("form");
            value["explode"] = json!(true);
            json!({ "type": "array", "items": { "type": "string" } })
        }
        Shape::SeveralOf(values) => {
            value["style"] = json!("form");
            value["explode"] = json!(true);
            json!({ "type": "array", "items": { "type": "string", "enum": values } })
        }
        Shape::List => {
            value["style"] = json!("form");
            value["explode"] = json!(false);
            json!({ "type": "array", "items": { "type": "string" } })
        }
        // An object of form style is as many parameters as it has names.
        Shape::Filters => {
            value["style"] = json!("form");
            value["explode"] = json!(true);
            json!({
                "type": "object",
                "propertyNames": { "pattern": "^filter\\.[a-z0-9_]+(\\.[a-z-]+)?$" },
                "additionalProperties": { "type": "string" },
            })
        }
    };
    value["schema"] = schema;
    value
}
