// Written by `npm run generate` from tools/generators/manifests; do not edit.
import type { WantedObject } from '@meshery/kube/reconcile';

export const operatorManifest: readonly WantedObject[] = [
  {
    "apiVersion": "v1",
    "kind": "Namespace",
    "metadata": {
      "name": "meshery",
      "labels": {
        "app.kubernetes.io/part-of": "meshery",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/warn": "restricted"
      }
    }
  },
  {
    "apiVersion": "v1",
    "kind": "ServiceAccount",
    "metadata": {
      "name": "meshery-operator",
      "namespace": "meshery",
      "labels": {
        "app.kubernetes.io/name": "meshery-operator",
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "automountServiceAccountToken": false
  },
  {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRole",
    "metadata": {
      "name": "meshery-operator",
      "labels": {
        "app.kubernetes.io/name": "meshery-operator",
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "rules": [
      {
        "apiGroups": [
          ""
        ],
        "resources": [
          "secrets",
          "services",
          "serviceaccounts"
        ],
        "verbs": [
          "get",
          "list",
          "watch",
          "create",
          "patch",
          "delete"
        ]
      },
      {
        "apiGroups": [
          ""
        ],
        "resources": [
          "pods",
          "nodes"
        ],
        "verbs": [
          "get",
          "list"
        ]
      },
      {
        "apiGroups": [
          ""
        ],
        "resources": [
          "namespaces"
        ],
        "resourceNames": [
          "kube-system"
        ],
        "verbs": [
          "get"
        ]
      },
      {
        "apiGroups": [
          ""
        ],
        "resources": [
          "events"
        ],
        "verbs": [
          "create",
          "patch"
        ]
      },
      {
        "apiGroups": [
          "apps"
        ],
        "resources": [
          "deployments",
          "statefulsets"
        ],
        "verbs": [
          "get",
          "list",
          "watch",
          "create",
          "patch",
          "delete"
        ]
      },
      {
        "apiGroups": [
          "policy"
        ],
        "resources": [
          "poddisruptionbudgets"
        ],
        "verbs": [
          "get",
          "list",
          "watch",
          "create",
          "patch",
          "delete"
        ]
      },
      {
        "apiGroups": [
          "networking.k8s.io"
        ],
        "resources": [
          "networkpolicies"
        ],
        "verbs": [
          "get",
          "list",
          "watch",
          "create",
          "patch",
          "delete"
        ]
      },
      {
        "apiGroups": [
          "rbac.authorization.k8s.io"
        ],
        "resources": [
          "roles",
          "rolebindings",
          "clusterrolebindings"
        ],
        "verbs": [
          "get",
          "list",
          "watch",
          "create",
          "patch",
          "delete"
        ]
      },
      {
        "apiGroups": [
          "rbac.authorization.k8s.io"
        ],
        "resources": [
          "clusterroles"
        ],
        "resourceNames": [
          "meshery-reader-core",
          "meshery-reader-all"
        ],
        "verbs": [
          "bind"
        ]
      },
      {
        "apiGroups": [
          "coordination.k8s.io"
        ],
        "resources": [
          "leases"
        ],
        "verbs": [
          "get",
          "list",
          "watch",
          "create",
          "patch",
          "delete",
          "update"
        ]
      },
      {
        "apiGroups": [
          "meshery.io"
        ],
        "resources": [
          "brokers",
          "meshsyncs"
        ],
        "verbs": [
          "get",
          "list",
          "watch",
          "update",
          "patch"
        ]
      },
      {
        "apiGroups": [
          "meshery.io"
        ],
        "resources": [
          "brokers/status",
          "meshsyncs/status"
        ],
        "verbs": [
          "get",
          "update",
          "patch"
        ]
      },
      {
        "apiGroups": [
          "meshery.io"
        ],
        "resources": [
          "brokers/finalizers",
          "meshsyncs/finalizers"
        ],
        "verbs": [
          "update"
        ]
      },
      {
        "apiGroups": [
          "cert-manager.io"
        ],
        "resources": [
          "certificates"
        ],
        "verbs": [
          "get",
          "create",
          "patch",
          "delete"
        ]
      },
      {
        "apiGroups": [
          "apiextensions.k8s.io"
        ],
        "resources": [
          "customresourcedefinitions"
        ],
        "resourceNames": [
          "brokers.meshery.io",
          "meshsyncs.meshery.io"
        ],
        "verbs": [
          "get"
        ]
      },
      {
        "apiGroups": [
          "authentication.k8s.io"
        ],
        "resources": [
          "tokenreviews"
        ],
        "verbs": [
          "create"
        ]
      },
      {
        "apiGroups": [
          "authorization.k8s.io"
        ],
        "resources": [
          "subjectaccessreviews"
        ],
        "verbs": [
          "create"
        ]
      }
    ]
  },
  {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
      "name": "meshery-operator",
      "labels": {
        "app.kubernetes.io/name": "meshery-operator",
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "roleRef": {
      "apiGroup": "rbac.authorization.k8s.io",
      "kind": "ClusterRole",
      "name": "meshery-operator"
    },
    "subjects": [
      {
        "kind": "ServiceAccount",
        "name": "meshery-operator",
        "namespace": "meshery"
      }
    ]
  },
  {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "Role",
    "metadata": {
      "name": "meshery-operator-leader",
      "namespace": "meshery",
      "labels": {
        "app.kubernetes.io/name": "meshery-operator",
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "rules": [
      {
        "apiGroups": [
          "coordination.k8s.io"
        ],
        "resources": [
          "leases"
        ],
        "verbs": [
          "get",
          "list",
          "watch",
          "create",
          "update",
          "patch"
        ]
      },
      {
        "apiGroups": [
          ""
        ],
        "resources": [
          "events"
        ],
        "verbs": [
          "create",
          "patch"
        ]
      }
    ]
  },
  {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
      "name": "meshery-operator-leader",
      "namespace": "meshery",
      "labels": {
        "app.kubernetes.io/name": "meshery-operator",
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "roleRef": {
      "apiGroup": "rbac.authorization.k8s.io",
      "kind": "Role",
      "name": "meshery-operator-leader"
    },
    "subjects": [
      {
        "kind": "ServiceAccount",
        "name": "meshery-operator",
        "namespace": "meshery"
      }
    ]
  },
  {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRole",
    "metadata": {
      "name": "meshery-reader-core",
      "labels": {
        "app.kubernetes.io/name": "meshery-operator",
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "aggregationRule": {
      "clusterRoleSelectors": [
        {
          "matchLabels": {
            "meshery.io/aggregate-to-reader-core": "true"
          }
        }
      ]
    }
  },
  {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRole",
    "metadata": {
      "name": "meshery-reader-core-kinds",
      "labels": {
        "app.kubernetes.io/name": "meshery-operator",
        "app.kubernetes.io/part-of": "meshery",
        "meshery.io/aggregate-to-reader-core": "true"
      }
    },
    "rules": [
      {
        "apiGroups": [
          ""
        ],
        "resources": [
          "configmaps",
          "endpoints",
          "limitranges",
          "namespaces",
          "nodes",
          "persistentvolumeclaims",
          "persistentvolumes",
          "pods",
          "podtemplates",
          "replicationcontrollers",
          "resourcequotas",
          "serviceaccounts",
          "services"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          ""
        ],
        "resources": [
          "pods/log"
        ],
        "verbs": [
          "get"
        ]
      },
      {
        "apiGroups": [
          "admissionregistration.k8s.io"
        ],
        "resources": [
          "mutatingadmissionpolicies",
          "mutatingadmissionpolicybindings",
          "mutatingwebhookconfigurations",
          "validatingadmissionpolicies",
          "validatingadmissionpolicybindings",
          "validatingwebhookconfigurations"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "apiextensions.k8s.io"
        ],
        "resources": [
          "customresourcedefinitions"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "apiregistration.k8s.io"
        ],
        "resources": [
          "apiservices"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "apps"
        ],
        "resources": [
          "controllerrevisions",
          "daemonsets",
          "deployments",
          "replicasets",
          "statefulsets"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "autoscaling"
        ],
        "resources": [
          "horizontalpodautoscalers"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "batch"
        ],
        "resources": [
          "cronjobs",
          "jobs"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "certificates.k8s.io"
        ],
        "resources": [
          "certificatesigningrequests"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "discovery.k8s.io"
        ],
        "resources": [
          "endpointslices"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "flowcontrol.apiserver.k8s.io"
        ],
        "resources": [
          "flowschemas",
          "prioritylevelconfigurations"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "meshery.io"
        ],
        "resources": [
          "brokers",
          "meshsyncs"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "networking.k8s.io"
        ],
        "resources": [
          "ingressclasses",
          "ingresses",
          "ipaddresses",
          "networkpolicies",
          "servicecidrs"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "node.k8s.io"
        ],
        "resources": [
          "runtimeclasses"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "policy"
        ],
        "resources": [
          "poddisruptionbudgets"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "rbac.authorization.k8s.io"
        ],
        "resources": [
          "clusterrolebindings",
          "clusterroles",
          "rolebindings",
          "roles"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "resource.k8s.io"
        ],
        "resources": [
          "deviceclasses",
          "resourceclaims",
          "resourceclaimtemplates",
          "resourceslices"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "scheduling.k8s.io"
        ],
        "resources": [
          "priorityclasses"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      },
      {
        "apiGroups": [
          "storage.k8s.io"
        ],
        "resources": [
          "csidrivers",
          "csinodes",
          "csistoragecapacities",
          "storageclasses",
          "volumeattachments",
          "volumeattributesclasses"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      }
    ]
  },
  {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRole",
    "metadata": {
      "name": "meshery-reader-all",
      "labels": {
        "app.kubernetes.io/name": "meshery-operator",
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "rules": [
      {
        "apiGroups": [
          "*"
        ],
        "resources": [
          "*"
        ],
        "verbs": [
          "get",
          "list",
          "watch"
        ]
      }
    ]
  },
  {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
      "name": "meshery-operator",
      "namespace": "meshery",
      "labels": {
        "app.kubernetes.io/name": "meshery-operator",
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "spec": {
      "replicas": 1,
      "selector": {
        "matchLabels": {
          "app.kubernetes.io/name": "meshery-operator"
        }
      },
      "template": {
        "metadata": {
          "labels": {
            "app.kubernetes.io/name": "meshery-operator",
            "app.kubernetes.io/part-of": "meshery"
          }
        },
        "spec": {
          "serviceAccountName": "meshery-operator",
          "automountServiceAccountToken": true,
          "securityContext": {
            "runAsNonRoot": true,
            "runAsUser": 65532,
            "runAsGroup": 65532,
            "fsGroup": 65532,
            "fsGroupChangePolicy": "OnRootMismatch",
            "seccompProfile": {
              "type": "RuntimeDefault"
            }
          },
          "terminationGracePeriodSeconds": 15,
          "containers": [
            {
              "name": "operator",
              "image": "localhost/meshery-ts/operator:0.1.0",
              "imagePullPolicy": "IfNotPresent",
              "args": [
                "--namespace=$(POD_NAMESPACE)",
                "--enable-leader-election"
              ],
              "env": [
                {
                  "name": "POD_NAME",
                  "valueFrom": {
                    "fieldRef": {
                      "apiVersion": "v1",
                      "fieldPath": "metadata.name"
                    }
                  }
                },
                {
                  "name": "POD_NAMESPACE",
                  "valueFrom": {
                    "fieldRef": {
                      "apiVersion": "v1",
                      "fieldPath": "metadata.namespace"
                    }
                  }
                },
                {
                  "name": "MESHERY_IMAGE_MESHSYNC",
                  "value": "localhost/meshery-ts/meshsync:0.1.0"
                },
                {
                  "name": "MESHERY_IMAGE_NATS",
                  "value": "localhost/meshery-ts/nats-server:2.15.2"
                },
                {
                  "name": "MESHERY_IMAGE_NATS_RELOADER",
                  "value": "localhost/meshery-ts/nats-config-reloader:0.23.0"
                },
                {
                  "name": "MESHERY_IMAGE_NATS_EXPORTER",
                  "value": "localhost/meshery-ts/nats-exporter:1.0.0"
                }
              ],
              "ports": [
                {
                  "name": "https",
                  "containerPort": 8443,
                  "protocol": "TCP"
                },
                {
                  "name": "health",
                  "containerPort": 8081,
                  "protocol": "TCP"
                }
              ],
              "livenessProbe": {
                "httpGet": {
                  "path": "/healthz",
                  "port": "health"
                },
                "timeoutSeconds": 5,
                "initialDelaySeconds": 15,
                "periodSeconds": 20
              },
              "readinessProbe": {
                "httpGet": {
                  "path": "/readyz",
                  "port": "health"
                },
                "timeoutSeconds": 5,
                "initialDelaySeconds": 2,
                "periodSeconds": 10
              },
              "resources": {
                "requests": {
                  "cpu": "100m",
                  "memory": "64Mi"
                },
                "limits": {
                  "cpu": "500m",
                  "memory": "256Mi"
                }
              },
              "securityContext": {
                "allowPrivilegeEscalation": false,
                "readOnlyRootFilesystem": true,
                "capabilities": {
                  "drop": [
                    "ALL"
                  ]
                }
              },
              "volumeMounts": [
                {
                  "name": "tmp",
                  "mountPath": "/tmp"
                }
              ]
            }
          ],
          "volumes": [
            {
              "name": "tmp",
              "emptyDir": {
                "sizeLimit": "64Mi"
              }
            }
          ]
        }
      }
    }
  },
  {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
      "name": "meshery-operator-metrics",
      "namespace": "meshery",
      "labels": {
        "app.kubernetes.io/name": "meshery-operator",
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "spec": {
      "type": "ClusterIP",
      "selector": {
        "app.kubernetes.io/name": "meshery-operator"
      },
      "ports": [
        {
          "name": "https",
          "port": 8443,
          "targetPort": "https",
          "protocol": "TCP"
        }
      ]
    }
  },
  {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
      "name": "meshery-operator",
      "namespace": "meshery",
      "labels": {
        "app.kubernetes.io/name": "meshery-operator",
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "spec": {
      "podSelector": {
        "matchLabels": {
          "app.kubernetes.io/name": "meshery-operator"
        }
      },
      "policyTypes": [
        "Ingress"
      ],
      "ingress": [
        {
          "from": [
            {
              "namespaceSelector": {}
            }
          ],
          "ports": [
            {
              "port": "https",
              "protocol": "TCP"
            }
          ]
        }
      ]
    }
  },
  {
    "apiVersion": "meshery.io/v1alpha2",
    "kind": "Broker",
    "metadata": {
      "name": "meshery-broker",
      "namespace": "meshery",
      "labels": {
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "spec": {
      "size": 1,
      "tls": {
        "mode": "required"
      }
    }
  },
  {
    "apiVersion": "meshery.io/v1alpha2",
    "kind": "MeshSync",
    "metadata": {
      "name": "meshery-meshsync",
      "namespace": "meshery",
      "labels": {
        "app.kubernetes.io/part-of": "meshery"
      }
    },
    "spec": {
      "size": 1,
      "broker": {
        "native": {
          "name": "meshery-broker",
          "namespace": "meshery"
        }
      }
    }
  }
];
