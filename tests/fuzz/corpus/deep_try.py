try:
 try:
  try:
   try:
    try:
     try:
      try:
       try:
        try:
         try:
          try:
           try:
            try:
             try:
              try:
               try:
                try:
                 try:
                  try:
                   try:
                    try:
                     try:
                      try:
                       try:
                        try:
                         try:
                          try:
                           try:
                            try:
                             try:
                              try:
                               try:
                                try:
                                 try:
                                  try:
                                   try:
                                    try:
                                     try:
                                      try:
                                       try:
                                        try:
                                         try:
                                          try:
                                           try:
                                            try:
                                             try:
                                              try:
                                               try:
                                                try:
                                                 try:
                                                  try:
                                                   try:
                                                    try:
                                                     try:
                                                      try:
                                                       try:
                                                        try:
                                                         try:
                                                          try:
                                                           try:
                                                            x
                                                           finally: x
                                                          finally: x
                                                         finally: x
                                                        finally: x
                                                       finally: x
                                                      finally: x
                                                     finally: x
                                                    finally: x
                                                   finally: x
                                                  finally: x
                                                 finally: x
                                                finally: x
                                               finally: x
                                              finally: x
                                             finally: x
                                            finally: x
                                           finally: x
                                          finally: x
                                         finally: x
                                        finally: x
                                       finally: x
                                      finally: x
                                     finally: x
                                    finally: x
                                   finally: x
                                  finally: x
                                 finally: x
                                finally: x
                               finally: x
                              finally: x
                             finally: x
                            finally: x
                           finally: x
                          finally: x
                         finally: x
                        finally: x
                       finally: x
                      finally: x
                     finally: x
                    finally: x
                   finally: x
                  finally: x
                 finally: x
                finally: x
               finally: x
              finally: x
             finally: x
            finally: x
           finally: x
          finally: x
         finally: x
        finally: x
       finally: x
      finally: x
     finally: x
    finally: x
   finally: x
  finally: x
 finally: x
finally: x
